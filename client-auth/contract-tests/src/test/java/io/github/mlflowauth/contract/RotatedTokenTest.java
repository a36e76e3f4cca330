package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClientBuilder;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.MlflowResponseException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token file that is rotated while a client is open, behind a gate that is nobody's in particular. */
class RotatedTokenTest {

    @Test
    void aRotatedTokenIsUsedAtOnce(@TempDir Path dir) throws Exception {
        try (NginxGate gate = NginxGate.bearer(Servers.open().uri().getPort(), Secrets.GATE_TOKEN)) {
            rotate(gate, dir.resolve("token"), MlflowClients.builder());
        }
    }

    @Test
    void aRotatedTokenOfTheOuterLayerIsUsedAtOnce(@TempDir Path dir) throws Exception {
        try (NginxGate gate =
                NginxGate.bearerBesideApp(Servers.withUsers().uri().getPort(), Secrets.GATE_TOKEN)) {
            rotate(
                    gate,
                    dir.resolve("token"),
                    MlflowClients.builder().basicAuth(Secrets.ADMIN, Secrets.ADMIN_PASSWORD));
        }
    }

    private static void rotate(NginxGate gate, Path tokenFile, MlflowClientBuilder builder) throws Exception {
        Files.writeString(tokenFile, Secrets.GATE_TOKEN + "\n");
        try (AuthMlflowClient client =
                builder.trackingUri(gate.uri()).bearerTokenFile(tokenFile).build()) {
            client.createExperiment("before-" + gate.port());

            gate.acceptInstead(Secrets.NEXT_GATE_TOKEN);
            await().until(() -> refuses(client));
            Files.writeString(tokenFile, Secrets.NEXT_GATE_TOKEN + "\n");

            String made = client.createExperiment("after-" + gate.port());
            assertThat(client.getExperiment(made).getName()).isEqualTo("after-" + gate.port());
        }
    }

    private static boolean refuses(AuthMlflowClient client) {
        try {
            client.getExperiment("0");
            return false;
        } catch (MlflowResponseException e) {
            assertThat(e.getStatusCode()).isEqualTo(401);
            return true;
        }
    }
}
