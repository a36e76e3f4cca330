package io.github.mlflowauth.benchmarks;

import org.mlflow.tracking.MlflowClient;

/** The program of one cold JVM: makes a client, logs one metric, and prints how many nanoseconds that took. */
final class ColdCall {
    private ColdCall() {}

    /**
     * @param args the side and the server's URI
     */
    public static void main(String[] args) {
        Side side = Side.valueOf(args[0]);
        long start = System.nanoTime();
        try (MlflowClient client = side.client(args[1])) {
            client.logMetric("run", "loss", 0.5);
            System.out.println(System.nanoTime() - start);
        }
    }
}
