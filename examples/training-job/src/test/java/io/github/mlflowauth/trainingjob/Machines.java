package io.github.mlflowauth.trainingjob;

import java.util.Locale;
import java.util.Random;

/**
 * Makes the data set that the example ships: readings of a made-up machine, and whether it failed within a day. The
 * rule behind it is here, so nobody's data and nobody's licence is involved.
 */
final class Machines {
    private static final int ROWS = 1_200;
    private static final long SEED = 42;

    private Machines() {}

    static String csv() {
        Random random = new Random(SEED);
        StringBuilder csv = new StringBuilder("temperature,vibration,load,age_years,humidity,failed\n");
        for (int i = 0; i < ROWS; i++) {
            double temperature = 60 + 12 * random.nextGaussian();
            double vibration = Math.abs(2 + 0.8 * random.nextGaussian());
            double load = random.nextDouble();
            double age = 15 * random.nextDouble();
            double humidity = 30 + 50 * random.nextDouble();
            double risk =
                    0.12 * (temperature - 70) + 1.6 * (vibration - 2.4) + (load > 0.8 ? 1.5 : 0) + 0.12 * (age - 8);
            boolean failed = random.nextDouble() < 1 / (1 + Math.exp(-2 * risk));
            csv.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.2f,%.2f,%.1f,%.0f,%d%n",
                    temperature,
                    vibration,
                    load,
                    age,
                    humidity,
                    failed ? 1 : 0));
        }
        return csv.toString();
    }
}
