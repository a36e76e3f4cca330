package io.github.mlflowauth.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.testkit.LocalMlflowServer;
import io.github.mlflowauth.testkit.MlflowServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.tracking.MlflowHttpException;

/** The run of the quickstart, against a real server with users. */
class TrainingRunTest {
    private static final String PASSWORD = Passwords.random();

    @RegisterExtension
    static final MlflowServerExtension MLFLOW =
            MlflowServerExtension.with(LocalMlflowServer.builder().basicAuthApp("admin", PASSWORD));

    @Test
    void theServerHasParametersCurveTagsAndArtifact() throws IOException {
        try (AuthMlflowClient client = client(PASSWORD)) {
            String runId = new TrainingRun(client).run();

            Run run = client.getRun(runId);
            assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
            assertThat(run.getData().getParamsList()).hasSize(4);
            List<Metric> curve = client.getMetricHistory(runId, "validation_loss");
            assertThat(curve).hasSize(40);
            assertThat(curve.get(39).getValue()).isLessThan(curve.get(0).getValue());
            assertThat(Files.readString(client.downloadArtifacts(runId, "model/weights.json")
                            .toPath()))
                    .startsWith("{\"weights\": [");
        }
    }

    @Test
    void mlflowsPythonClientReadsTheSame() throws IOException {
        try (AuthMlflowClient client = client(PASSWORD)) {
            String runId = new TrainingRun(client).run();

            String read = MLFLOW.server()
                    .python()
                    .run(
                            "import sys, mlflow\n"
                                    + "run = mlflow.get_run(sys.argv[1])\n"
                                    + "print(run.info.run_name, run.data.params['epochs'], run.data.tags['language'])\n",
                            runId);

            assertThat(read.trim())
                    .isEqualTo(
                            "logistic regression 40 Java " + Runtime.version().feature());
        }
    }

    @Test
    void withoutTheRightPasswordNothingIsLogged() {
        try (AuthMlflowClient client = client("not-the-password")) {
            assertThatThrownBy(() -> new TrainingRun(client).run())
                    .isInstanceOf(MlflowHttpException.class)
                    .hasMessageContaining("refused user 'admin'");
        }
    }

    private static AuthMlflowClient client(String password) {
        return MlflowClients.forBasicAuth(MLFLOW.server().uri().toString(), "admin", password);
    }
}
