package io.github.mlflowauth.quickstart;

import io.github.mlflowauth.AuthMlflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;

/** What a training program does with the client: parameters, a metric curve, tags and an artifact, in one run. */
final class TrainingRun {
    static final String EXPERIMENT = "quickstart";

    private static final int EPOCHS = 40;
    private static final double LEARNING_RATE = 0.5;
    private static final long SEED = 7;

    private final AuthMlflowClient client;

    TrainingRun(AuthMlflowClient client) {
        this.client = client;
    }

    String run() throws IOException {
        String runId = client.createRun(experimentId()).getRunId();
        try {
            logSettings(runId);
            LogisticRegression model = train(runId);
            logModel(runId, model);
            client.setTerminated(runId, RunStatus.FINISHED);
        } catch (IOException | RuntimeException e) {
            client.setTerminated(runId, RunStatus.FAILED);
            throw e;
        }
        report(client.getRun(runId));
        return runId;
    }

    private String experimentId() {
        return client.getExperimentByName(EXPERIMENT)
                .map(Experiment::getExperimentId)
                .orElseGet(() -> client.createExperiment(EXPERIMENT));
    }

    private void logSettings(String runId) {
        client.setTag(runId, "mlflow.runName", "logistic regression");
        client.setTag(runId, "language", "Java " + Runtime.version().feature());
        Map<String, String> params = Map.of(
                "epochs", String.valueOf(EPOCHS),
                "learning_rate", String.valueOf(LEARNING_RATE),
                "points", String.valueOf(Points.COUNT),
                "seed", String.valueOf(SEED));
        client.logBatch(
                runId,
                List.of(),
                params.entrySet().stream().map(TrainingRun::param).toList(),
                List.of());
    }

    private LogisticRegression train(String runId) {
        Points training = Points.random(SEED);
        Points validation = Points.random(SEED + 1);
        LogisticRegression model = new LogisticRegression();
        System.out.println("Training for " + EPOCHS + " epochs ...");
        try (ProgressBar bar = bar()) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                model.learn(training, LEARNING_RATE);
                List<Metric> metrics = List.of(
                        metric("train_loss", model.loss(training), epoch),
                        metric("validation_loss", model.loss(validation), epoch),
                        metric("validation_accuracy", model.accuracy(validation), epoch));
                client.logBatch(runId, metrics, List.of(), List.of());
                bar.step();
            }
        }
        return model;
    }

    /** A bar for a person at a terminal; in a file or pipe it would only be noise. */
    private static ProgressBar bar() {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName("Training")
                .setUnit(" epochs", 1)
                .setInitialMax(EPOCHS)
                .setStyle(ProgressBarStyle.ASCII);
        if (System.console() == null) {
            builder.setConsumer(new DelegatingProgressBarConsumer(text -> {}));
        }
        return builder.build();
    }

    private void logModel(String runId, LogisticRegression model) throws IOException {
        Path folder = Files.createTempDirectory("quickstart-");
        Path file = folder.resolve("weights.json");
        try {
            client.logArtifact(runId, Files.writeString(file, model.toJson()).toFile(), "model");
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Read back from the server, not from memory. */
    private static void report(Run run) {
        System.out.println(
                "Logged run " + run.getInfo().getRunId() + ", " + run.getInfo().getStatus() + ":");
        run.getData().getParamsList().forEach(param -> line("param", param.getKey(), param.getValue()));
        run.getData()
                .getMetricsList()
                .forEach(last -> line("metric", last.getKey(), String.format(Locale.ROOT, "%.4f", last.getValue())));
        line("artifact", "model/weights.json", "");
    }

    private static void line(String kind, String name, String value) {
        System.out.println(String.format("  %-9s %-20s %s", kind, name, value).stripTrailing());
    }

    private static Param param(Map.Entry<String, String> entry) {
        return Param.newBuilder()
                .setKey(entry.getKey())
                .setValue(entry.getValue())
                .build();
    }

    private static Metric metric(String key, double value, int epoch) {
        return Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setStep(epoch)
                .setTimestamp(System.currentTimeMillis())
                .build();
    }
}
