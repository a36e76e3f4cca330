package io.github.mlflowauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.testkit.LocalMlflowServer;
import io.github.mlflowauth.testkit.MlflowServerExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mlflow.api.proto.Service.RunStatus;

/** The listings and the doctor against a real server with users. */
class ListingsTest {
    private static final String SECRET = "correct-horse-battery";

    @RegisterExtension
    static final MlflowServerExtension MLFLOW =
            MlflowServerExtension.with(LocalMlflowServer.builder().basicAuthApp("admin", SECRET));

    private static String churn = "";
    private static String good = "";
    private static String broken = "";

    @BeforeAll
    static void twoExperimentsAndTwoRuns() {
        try (AuthMlflowClient client =
                MlflowClients.forBasicAuth(MLFLOW.server().uri().toString(), "admin", SECRET)) {
            churn = client.createExperiment("churn");
            client.createExperiment("fraud \u001b[31m");
            good = client.createRun(churn).getRunId();
            client.setTag(good, "mlflow.runName", "good one");
            client.logParam(good, "depth", "6");
            client.logMetric(good, "auc", 0.91);
            client.setTerminated(good, RunStatus.FINISHED);
            broken = client.createRun(churn).getRunId();
            client.logMetric(broken, "auc", Double.NaN);
            client.setTerminated(broken, RunStatus.FAILED);
        }
    }

    @Test
    void experimentsAreListedAsATable() {
        Cli.Result result = run("experiments", "list");

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).matches("ID +NAME +STAGE +LAST UPDATE"));
        assertThat(result.out()).contains("churn", "Default", "fraud ?[31m").doesNotContain("\u001b");
    }

    @Test
    void theJsonOfExperimentsHasTheDocumentedShape() throws Exception {
        JsonNode root = json("experiments", "search", "--filter", "name = 'churn'", "--json");

        assertThat(root.get("more").isBoolean()).isTrue();
        JsonNode only = root.get("experiments").get(0);
        assertThat(only.fieldNames())
                .toIterable()
                .containsExactly(
                        "experiment_id",
                        "name",
                        "lifecycle_stage",
                        "artifact_location",
                        "creation_time",
                        "last_update_time",
                        "tags");
        assertThat(only.get("experiment_id").asText()).isEqualTo(churn);
        assertThat(only.get("creation_time").asText()).matches("20\\d\\d-.*Z");
    }

    @Test
    void theJsonOfRunsHasTheDocumentedShape() throws Exception {
        JsonNode root =
                json("runs", "list", "--experiment", "churn", "--order-by", "attributes.start_time ASC", "--json");

        JsonNode first = root.get("runs").get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "run_id",
                        "run_name",
                        "experiment_id",
                        "status",
                        "start_time",
                        "end_time",
                        "artifact_uri",
                        "metrics",
                        "params",
                        "tags");
        assertThat(first.get("run_id").asText()).isEqualTo(good);
        assertThat(first.get("run_name").asText()).isEqualTo("good one");
        assertThat(first.get("metrics").get("auc").asDouble()).isEqualTo(0.91);
        assertThat(first.get("params").get("depth").asText()).isEqualTo("6");
        assertThat(root.get("runs").get(1).get("metrics").get("auc").asText()).isEqualTo("NaN");
        assertThat(root.get("more").asBoolean()).isFalse();
    }

    @Test
    void runsAreFilteredOnTheServer() {
        Cli.Result result = run("runs", "list", "--filter", "metrics.auc > 0.9");

        assertThat(result.out()).contains(good, "auc=0.9100", "FINISHED").doesNotContain(broken);
    }

    @Test
    void aLimitIsKeptAndSaidOnStandardError() {
        Cli.Result result = run("runs", "list", "--experiment-id", churn, "--max", "1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.err()).contains("There are more");
    }

    @Test
    void theLimitIsForRunsAndNotForTheExperimentsThatAreLookedThrough() {
        Cli.Result result = run("runs", "list", "--max", "1");

        assertThat(result.out().lines()).hasSize(2);
    }

    @Test
    void anExperimentThatIsNotThereIsNamed() {
        Cli.Result result = run("runs", "list", "--experiment", "nowhere");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("'nowhere'", "experiments list");
    }

    @Test
    void aFilterThatIsNoneIsTheServersError() {
        Cli.Result result = run("experiments", "search", "--filter", "this is no filter");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("The server said: INVALID_PARAMETER_VALUE");
    }

    @Test
    void theDoctorFindsARealServerInGoodHealth() throws Exception {
        Cli.Result result = run("doctor", "--json");

        assertThat(result.exitCode()).as(result.all()).isZero();
        JsonNode root = new ObjectMapper().readTree(result.out());
        assertThat(root.get("healthy").asBoolean()).isTrue();
        assertThat(root.get("checks").findValuesAsText("check"))
                .containsExactly(
                        "settings", "dns", "tcp", "tls", "clock", "gate", "host", "auth", "version", "artifacts");
        assertThat(root.get("checks").findValuesAsText("status")).containsOnly("ok");
        assertThat(root.get("checks").findValuesAsText("what")).contains("MLflow 3.17.2");
    }

    @Test
    void theDoctorTellsThatMlflowRefusesAWrongPassword() throws Exception {
        Cli.Result result = new Cli()
                .env("MLFLOW_TRACKING_URI", MLFLOW.server().uri().toString())
                .env("MLFLOW_TRACKING_PASSWORD", "not-" + SECRET)
                .run("doctor", "--user", "admin", "--json");

        assertThat(result.exitCode()).isEqualTo(3);
        JsonNode auth = new ObjectMapper().readTree(result.out()).get("checks").get(7);
        assertThat(auth.get("status").asText()).isEqualTo("problem");
        assertThat(auth.get("what").asText()).contains("MLflow itself refuses");
        assertThat(auth.get("remedy").asText()).contains("'admin'");
        assertThat(result.all()).doesNotContain(SECRET);
    }

    private static Cli.Result run(String... args) {
        return new Cli()
                .env("MLFLOW_TRACKING_URI", MLFLOW.server().uri().toString())
                .env("MLFLOW_TRACKING_USERNAME", "admin")
                .env("MLFLOW_TRACKING_PASSWORD", SECRET)
                .run(args);
    }

    private static JsonNode json(String... args) throws Exception {
        Cli.Result result = run(args);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    /** Kept apart from the shared server, because the list of hosts replaces MLflow's own. */
    @Test
    void theDoctorNamesTheOptionOfAServerThatRefusesTheHost() {
        try (LocalMlflowServer server =
                LocalMlflowServer.builder().allowedHosts("mlflow.example.com").start()) {
            Cli.Result result =
                    new Cli().run("doctor", "--tracking-uri", server.uri().toString());

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.line("gate")).startsWith("ok");
            assertThat(result.line("host"))
                    .startsWith("PROBLEM")
                    .contains("--allowed-hosts 127.0.0.1:" + server.uri().getPort());
        }
    }

    @Test
    void theDoctorSaysThatArtifactsAreNotPassedOn() {
        try (LocalMlflowServer server =
                LocalMlflowServer.builder().serveArtifacts(false).start()) {
            Cli.Result result =
                    new Cli().run("doctor", "--tracking-uri", server.uri().toString());

            assertThat(result.exitCode()).isZero();
            assertThat(List.of(result.line("artifacts"))).allMatch(line -> line.startsWith("warning"));
            assertThat(result.line("artifacts")).contains("without --no-serve-artifacts");
        }
    }
}
