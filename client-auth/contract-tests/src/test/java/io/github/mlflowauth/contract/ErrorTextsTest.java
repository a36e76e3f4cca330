package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.MlflowResponseException;
import io.github.mlflowauth.auth.AuthLayer;
import org.junit.jupiter.api.Test;

/** Who refused what, and what to do next, as real servers make the client say it. */
class ErrorTextsTest {

    @Test
    void aWrongPasswordAtNginxNamesTheWebServerAndTheUser() {
        try (NginxGate gate = NginxGate.basicAuth(Servers.open().uri().getPort(), Secrets.USER, Secrets.PASSWORD)) {
            MlflowResponseException e =
                    failure(MlflowClients.forBasicAuth(gate.uri(), Secrets.USER, Secrets.WRONG_PASSWORD));

            assertThat(e.getStatusCode()).isEqualTo(401);
            assertThat(e.refusedBy()).contains(AuthLayer.GATE);
            assertThat(e)
                    .hasMessageContaining("GET " + gate.uri() + "/api/2.0/mlflow/experiments/get answered 401")
                    .hasMessageContaining("The web server in front of MLflow refused user 'ada'");
        }
    }

    @Test
    void noPasswordAtNginxSaysHowToGiveOne() {
        try (NginxGate gate = NginxGate.basicAuth(Servers.open().uri().getPort(), Secrets.USER, Secrets.PASSWORD)) {
            MlflowResponseException e =
                    failure(MlflowClients.builder().trackingUri(gate.uri()).build());

            assertThat(e.getStatusCode()).isEqualTo(401);
            assertThat(e).hasMessageContaining("forBasicAuth").hasMessageContaining("MLFLOW_TRACKING_USERNAME");
        }
    }

    @Test
    void aWrongPasswordAtMlflowNamesItsBasicAuthApp() {
        MlflowResponseException e = failure(MlflowClients.forBasicAuth(
                Servers.withUsers().uri().toString(), Secrets.ADMIN, Secrets.WRONG_PASSWORD));

        assertThat(e.getStatusCode()).isEqualTo(401);
        assertThat(e.refusedBy()).contains(AuthLayer.APP);
        assertThat(e).hasMessageContaining("MLflow's own basic-auth app refused user 'admin'");
    }

    @Test
    void aMissingPermissionNamesTheUserWhoLacksIt() {
        String uri = Servers.withUsers().uri().toString();
        String runId;
        try (AuthMlflowClient admin = MlflowClients.forBasicAuth(uri, Secrets.ADMIN, Secrets.ADMIN_PASSWORD)) {
            admin.request(
                    "POST",
                    "users/create",
                    "{\"username\":\"reader\",\"password\":\"" + Secrets.READER_PASSWORD + "\"}");
            runId = admin.createRun().getRunId();
        }
        try (AuthMlflowClient reader = MlflowClients.forBasicAuth(uri, Secrets.READER, Secrets.READER_PASSWORD)) {
            assertThat(reader.getRun(runId).getInfo().getRunId()).isEqualTo(runId);

            MlflowResponseException e =
                    catchThrowableOfType(MlflowResponseException.class, () -> reader.logParam(runId, "may", "not"));

            assertThat(e.getStatusCode()).isEqualTo(403);
            assertThat(e.refusedBy()).contains(AuthLayer.APP);
            assertThat(e).hasMessageContaining("user 'reader'").hasMessageContaining("no permission");
            assertThat(e.attempts()).isEqualTo(1);
        }
    }

    @Test
    void ofTwoLayersTheOneThatRefusedIsNamed() {
        try (NginxGate gate =
                NginxGate.bearerBesideApp(Servers.withUsers().uri().getPort(), Secrets.GATE_TOKEN)) {
            MlflowResponseException atTheGate = failure(MlflowClients.builder()
                    .trackingUri(gate.uri())
                    .bearerToken(Secrets.WRONG_TOKEN)
                    .basicAuth(Secrets.ADMIN, Secrets.ADMIN_PASSWORD)
                    .build());
            MlflowResponseException inTheApp = failure(MlflowClients.builder()
                    .trackingUri(gate.uri())
                    .bearerToken(Secrets.GATE_TOKEN)
                    .basicAuth(Secrets.ADMIN, Secrets.WRONG_PASSWORD)
                    .build());

            assertThat(atTheGate.refusedBy()).contains(AuthLayer.GATE);
            assertThat(inTheApp.refusedBy()).contains(AuthLayer.APP);
            assertThat(inTheApp).hasMessageContaining("MLflow's own basic-auth app refused user 'admin'");
        }
    }

    @Test
    void aRefusedHostNamesTheServersSwitch() {
        try (NginxGate gate = NginxGate.withHost(Servers.open().uri().getPort(), "mlflow.example.com")) {
            MlflowResponseException e =
                    failure(MlflowClients.builder().trackingUri(gate.uri()).build());

            assertThat(e.getStatusCode()).isEqualTo(403);
            assertThat(e.refusedBy()).isEmpty();
            assertThat(e)
                    .hasMessageContaining("Invalid Host header")
                    .hasMessageContaining("--allowed-hosts 127.0.0.1:" + gate.port());
        }
    }

    @Test
    void aWebPageInsteadOfJsonIsAnErrorAlthoughTheStatusIs200() {
        try (NginxGate gate = NginxGate.webPage("<html><title>Sign in</title>Please sign in</html>")) {
            MlflowResponseException e =
                    failure(MlflowClients.builder().trackingUri(gate.uri()).build());

            assertThat(e.getStatusCode()).isEqualTo(200);
            assertThat(e).hasMessageContaining("web page").hasMessageContaining("Please sign in");
        }
    }

    @Test
    void aPrefixThatIsMissingPointsToTheTrackingUri() {
        String root = "http://127.0.0.1:" + Servers.prefixed().uri().getPort();

        MlflowResponseException e =
                failure(MlflowClients.builder().trackingUri(root).build());

        assertThat(e.getStatusCode()).isEqualTo(404);
        assertThat(e).hasMessageContaining("check MLFLOW_TRACKING_URI, its path prefix included");
    }

    private static MlflowResponseException failure(AuthMlflowClient client) {
        try (client) {
            return catchThrowableOfType(MlflowResponseException.class, () -> client.getExperiment("0"));
        }
    }
}
