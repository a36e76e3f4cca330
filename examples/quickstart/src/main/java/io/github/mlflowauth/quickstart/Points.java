package io.github.mlflowauth.quickstart;

import java.util.Random;

/** Points of two overlapping clouds in the plane, and which cloud each is from. */
record Points(double[][] features, int[] labels) {
    static final int COUNT = 500;

    private static final double DISTANCE = 1.2;

    static Points random(long seed) {
        Random random = new Random(seed);
        double[][] features = new double[COUNT][];
        int[] labels = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % 2;
            double center = labels[i] == 1 ? DISTANCE : -DISTANCE;
            features[i] = new double[] {center + random.nextGaussian(), center / 2 + random.nextGaussian()};
        }
        return new Points(features, labels);
    }
}
