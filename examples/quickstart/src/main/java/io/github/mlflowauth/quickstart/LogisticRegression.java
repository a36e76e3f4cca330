package io.github.mlflowauth.quickstart;

import java.util.Locale;

/** Logistic regression with two features, by gradient descent. */
final class LogisticRegression {
    private final double[] weights = new double[2];
    private double bias;

    /** One step down the gradient over all points. */
    void learn(Points points, double learningRate) {
        int count = points.labels().length;
        double[] gradient = new double[weights.length];
        double biasGradient = 0;
        for (int i = 0; i < count; i++) {
            double[] x = points.features()[i];
            double error = probability(x) - points.labels()[i];
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += error * x[j] / count;
            }
            biasGradient += error / count;
        }
        for (int j = 0; j < gradient.length; j++) {
            weights[j] -= learningRate * gradient[j];
        }
        bias -= learningRate * biasGradient;
    }

    /** How sure the model is that a point is of the second cloud, from 0 to 1. */
    double probability(double[] x) {
        return 1 / (1 + Math.exp(-(weights[0] * x[0] + weights[1] * x[1] + bias)));
    }

    /** Mean cross-entropy. */
    double loss(Points points) {
        double sum = 0;
        for (int i = 0; i < points.labels().length; i++) {
            double p = probability(points.features()[i]);
            sum -= Math.log(points.labels()[i] == 1 ? p : 1 - p);
        }
        return sum / points.labels().length;
    }

    /** Share of the points that the model puts into the right cloud. */
    double accuracy(Points points) {
        int right = 0;
        for (int i = 0; i < points.labels().length; i++) {
            right += (probability(points.features()[i]) > 0.5 ? 1 : 0) == points.labels()[i] ? 1 : 0;
        }
        return (double) right / points.labels().length;
    }

    String toJson() {
        return String.format(
                Locale.ROOT, "{\"weights\": [%.6f, %.6f], \"bias\": %.6f}%n", weights[0], weights[1], bias);
    }
}
