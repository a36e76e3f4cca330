package io.github.mlflowauth.trainingjob;

import io.github.mlflowauth.AuthMlflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;

/** XGBoost training in one MLflow run: parameters first, metrics after each round, model and importance at the end. */
final class LoggedTraining {
    private static final Map<String, Object> PARAMETERS =
            Map.of("objective", "binary:logistic", "eval_metric", "logloss", "max_depth", 3, "eta", 0.2, "seed", 42);

    private final AuthMlflowClient client;
    private final String experiment;
    private final int rounds;

    LoggedTraining(AuthMlflowClient client, String experiment, int rounds) {
        this.client = client;
        this.experiment = experiment;
        this.rounds = rounds;
    }

    /**
     * Trains and logs.
     *
     * @return the run's ID; after a failure the run says FAILED on the server
     */
    String run(DataSet rows) throws XGBoostError, IOException {
        String runId = client.createRun(experimentId()).getRunId();
        try {
            logParameters(runId, rows);
            train(runId, rows);
            client.setTerminated(runId, RunStatus.FINISHED);
            return runId;
        } catch (XGBoostError | IOException | RuntimeException e) {
            markFailed(runId, e);
            throw e;
        }
    }

    private String experimentId() {
        return client.getExperimentByName(experiment)
                .map(Experiment::getExperimentId)
                .orElseGet(() -> client.createExperiment(experiment));
    }

    /** The failure itself is what counts; that it could not be marked comes second. */
    private void markFailed(String runId, Exception failure) {
        try {
            client.setTerminated(runId, RunStatus.FAILED);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void logParameters(String runId, DataSet rows) {
        Map<String, Object> all = new HashMap<>(PARAMETERS);
        all.put("rounds", rounds);
        all.put("rows", rows.labels().length);
        List<Param> params = all.entrySet().stream()
                .map(entry -> Param.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(String.valueOf(entry.getValue()))
                        .build())
                .toList();
        client.logBatch(runId, List.of(), params, List.of());
        client.setTag(runId, "library", "xgboost4j");
    }

    private void train(String runId, DataSet rows) throws XGBoostError, IOException {
        DMatrix training = rows.part(false).toMatrix();
        DMatrix validation = rows.part(true).toMatrix();
        try {
            // Zero rounds make an empty model, which then grows round by round, so that each can be logged.
            Booster booster = XGBoost.train(training, PARAMETERS, 0, Map.of(), null, null);
            try {
                booster.setParam("eval_metric", "auc");
                for (int round = 0; round < rounds; round++) {
                    booster.update(training, round);
                    logRound(runId, booster, new DMatrix[] {training, validation}, round);
                }
                logModel(runId, booster);
            } finally {
                booster.dispose();
            }
        } finally {
            training.dispose();
            validation.dispose();
        }
    }

    private void logRound(String runId, Booster booster, DMatrix[] sets, int round) throws XGBoostError {
        String evaluation = booster.evalSet(sets, new String[] {"train", "validation"}, round);
        long now = System.currentTimeMillis();
        List<Metric> metrics = Evaluation.parse(evaluation).entrySet().stream()
                .map(entry -> Metric.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(entry.getValue())
                        .setStep(round)
                        .setTimestamp(now)
                        .build())
                .toList();
        client.logBatch(runId, metrics, List.of(), List.of());
    }

    private void logModel(String runId, Booster booster) throws XGBoostError, IOException {
        Path folder = Files.createTempDirectory("training-job-");
        Path model = folder.resolve("model.ubj");
        Path importance = folder.resolve("feature_importance.csv");
        try {
            booster.saveModel(model.toString());
            Files.writeString(importance, importanceOf(booster));
            client.logArtifact(runId, model.toFile(), "model");
            client.logArtifact(runId, importance.toFile());
        } finally {
            Files.deleteIfExists(model);
            Files.deleteIfExists(importance);
            Files.delete(folder);
        }
    }

    /** How much each feature's splits gained on average, the most important first. */
    private static String importanceOf(Booster booster) throws XGBoostError {
        Stream<String> lines = booster.getScore("", "gain").entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> entry.getKey() + "," + entry.getValue());
        return "feature,gain\n" + lines.map(line -> line + "\n").collect(Collectors.joining());
    }
}
