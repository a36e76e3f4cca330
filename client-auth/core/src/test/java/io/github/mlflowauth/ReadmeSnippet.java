package io.github.mlflowauth;

import java.io.File;

/** The README's example, compiled; {@link ReadmeTest} holds the two together. */
final class ReadmeSnippet {
    private ReadmeSnippet() {}

    static void train(String password) {
        // README
        try (AuthMlflowClient client = MlflowClients.forBasicAuth("https://mlflow.example.com", "ada", password)) {
            String experiment = client.createExperiment("churn");
            String run = client.createRun(experiment).getRunId();
            client.logParam(run, "depth", "6");
            for (int step = 0; step < 100; step++) {
                client.logMetric(run, "loss", loss(step), System.currentTimeMillis(), step);
            }
            client.logArtifact(run, new File("model.ubj"));
            client.setTerminated(run);
        }
        // README
    }

    private static double loss(int step) {
        return 1.0 / (step + 1);
    }
}
