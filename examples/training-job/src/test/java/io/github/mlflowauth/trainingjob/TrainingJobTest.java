package io.github.mlflowauth.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.testkit.LocalMlflowServer;
import io.github.mlflowauth.testkit.MlflowServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;

/** The job against a real server with users, read back by this client and by MLflow's own. */
class TrainingJobTest {
    private static final String PASSWORD = "correct-horse-battery";

    @RegisterExtension
    static final MlflowServerExtension MLFLOW =
            MlflowServerExtension.with(LocalMlflowServer.builder().basicAuthApp("admin", PASSWORD));

    @TempDir
    Path folder;

    @Test
    void parametersAndMetricsOfEveryRoundAreOnTheServer() throws Exception {
        try (AuthMlflowClient client = client()) {
            String runId = new LoggedTraining(client, "rounds", 12).run(shipped());

            Run run = client.getRun(runId);
            assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
            assertThat(run.getData().getParamsList()).anySatisfy(param -> {
                assertThat(param.getKey()).isEqualTo("max_depth");
                assertThat(param.getValue()).isEqualTo("3");
            });
            for (String key : List.of("train_logloss", "validation_logloss", "train_auc", "validation_auc")) {
                assertThat(client.getMetricHistory(runId, key))
                        .as(key)
                        .extracting(Metric::getStep)
                        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
            }
            assertThat(lastOf(client, runId, "validation_auc")).isGreaterThan(0.85);
        }
    }

    @Test
    void theModelOnTheServerPredictsAsTheTrainedOneDid() throws Exception {
        try (AuthMlflowClient client = client()) {
            DataSet rows = shipped();
            String runId = new LoggedTraining(client, "models", 8).run(rows);

            Path model = client.downloadArtifacts(runId, "model/model.ubj").toPath();
            assertThat(loglossOf(model, rows.part(true)))
                    .isCloseTo(lastOf(client, runId, "validation_logloss"), org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void theFeaturesThatMatterMostComeFirst() throws Exception {
        try (AuthMlflowClient client = client()) {
            String runId = new LoggedTraining(client, "importance", 8).run(shipped());

            List<String> lines = Files.readAllLines(
                    client.downloadArtifacts(runId, "feature_importance.csv").toPath());

            assertThat(lines.get(0)).isEqualTo("feature,gain");
            assertThat(lines.subList(1, 3))
                    .extracting(line -> line.split(",")[0])
                    .containsExactlyInAnyOrder("temperature", "vibration");
            assertThat(lines.subList(1, lines.size()))
                    .extracting(line -> Double.valueOf(line.split(",")[1]))
                    .hasSizeGreaterThan(2)
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void mlflowsPythonClientReadsTheRun() throws Exception {
        try (AuthMlflowClient client = client()) {
            String runId = new LoggedTraining(client, "python", 5).run(shipped());

            String read = MLFLOW.server()
                    .python()
                    .run(
                            "import sys, mlflow\n"
                                    + "run = mlflow.get_run(sys.argv[1])\n"
                                    + "client = mlflow.MlflowClient()\n"
                                    + "history = client.get_metric_history(sys.argv[1], 'validation_auc')\n"
                                    + "files = [f.path for f in client.list_artifacts(sys.argv[1])]\n"
                                    + "print(run.data.params['rounds'], len(history), sorted(files))\n",
                            runId);

            assertThat(read.trim()).isEqualTo("5 5 ['feature_importance.csv', 'model']");
        }
    }

    @Test
    void aTrainingThatFailsLeavesAFailedRun() {
        DataSet broken = DataSet.parse(List.of("a,label", "1,7", "2,0", "3,9"));
        try (AuthMlflowClient client = client()) {
            assertThatThrownBy(() -> new LoggedTraining(client, "broken", 3).run(broken))
                    .isInstanceOf(XGBoostError.class);

            String experiment =
                    client.getExperimentByName("broken").orElseThrow().getExperimentId();
            assertThat(client.listRunInfos(experiment))
                    .singleElement()
                    .satisfies(info -> assertThat(info.getStatus()).isEqualTo(RunStatus.FAILED));
        }
    }

    @Test
    void theProgramTakesItsServerFromTheEnvironment() throws Exception {
        Ended ended = program(
                Map.of("MLFLOW_TRACKING_USERNAME", "admin", "MLFLOW_TRACKING_PASSWORD", PASSWORD), "--rounds", "3");

        assertThat(ended.exitCode).as(ended.output).isZero();
        Matcher runId = Pattern.compile("Logged run (\\w+) to experiment 'machine-failures'")
                .matcher(ended.output);
        assertThat(runId.find()).as(ended.output).isTrue();
        try (AuthMlflowClient client = client()) {
            assertThat(client.getRun(runId.group(1)).getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    void aRefusedPasswordEndsWithOneAndSaysWhoRefused() throws Exception {
        Ended ended =
                program(Map.of("MLFLOW_TRACKING_USERNAME", "admin", "MLFLOW_TRACKING_PASSWORD", "wrong-password-1"));

        assertThat(ended.exitCode).isEqualTo(1);
        assertThat(ended.output).contains("refused user 'admin'").doesNotContain("wrong-password-1");
    }

    @Test
    void missingSettingsEndWithTwo() throws Exception {
        Ended ended = program(Map.of("MLFLOW_TRACKING_URI", ""));

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("MLFLOW_TRACKING_URI");
    }

    @Test
    void aDataFileThatIsMissingEndsWithTwoAndIsNamed() throws Exception {
        Ended ended = program(Map.of(), "--data", folder.resolve("gone.csv").toString());

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("gone.csv can't be read");
    }

    private static DataSet shipped() throws IOException {
        return DataSet.parse(TrainingJob.shipped());
    }

    private static AuthMlflowClient client() {
        return MlflowClients.forBasicAuth(MLFLOW.server().uri().toString(), "admin", PASSWORD);
    }

    private static double lastOf(AuthMlflowClient client, String runId, String key) {
        return client.getRun(runId).getData().getMetricsList().stream()
                .filter(metric -> metric.getKey().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static double loglossOf(Path model, DataSet rows) throws XGBoostError {
        DMatrix matrix = rows.toMatrix();
        Booster booster = XGBoost.loadModel(model.toString());
        try {
            float[][] predicted = booster.predict(matrix);
            double sum = 0;
            for (int i = 0; i < predicted.length; i++) {
                sum -= Math.log(rows.labels()[i] == 1 ? predicted[i][0] : 1 - predicted[i][0]);
            }
            return sum / predicted.length;
        } finally {
            matrix.dispose();
            booster.dispose();
        }
    }

    private Ended program(Map<String, String> environment, String... args) throws Exception {
        Path output = folder.resolve("output");
        List<String> command = new java.util.ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                TrainingJob.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
        builder.environment().put("MLFLOW_TRACKING_URI", MLFLOW.server().uri().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private record Ended(int exitCode, String output) {}
}
