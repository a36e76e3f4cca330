package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract behind nginx with Basic auth. */
class NginxBasicAuthTest extends ClientContract implements PythonContract {
    private static NginxGate gate;

    @BeforeAll
    static void openGate() {
        gate = NginxGate.basicAuth(Servers.open().uri().getPort(), Secrets.USER, Secrets.PASSWORD);
    }

    @AfterAll
    static void closeGate() {
        gate.close();
    }

    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.forBasicAuth(gate.uri(), Secrets.USER, Secrets.PASSWORD);
    }

    @Test
    void aRefusedArtifactNameCostsNoRequest(@TempDir Path dir) {
        String runId = newRun();
        Path bad = FileTrees.write(dir.resolve("code%41.txt"), new byte[] {1});
        String before = gate.accessLog();

        assertThatThrownBy(() -> client().logArtifact(runId, bad.toFile())).hasMessageContaining("%41");
        assertThatThrownBy(() -> client().logArtifacts(runId, dir.toFile())).hasMessageContaining("%41");
        assertThatThrownBy(() -> client().downloadArtifacts(runId, "a/../b")).hasMessageContaining("'..'");

        assertThat(gate.accessLog()).isEqualTo(before);
    }

    @Override
    public String python(String script, List<String> arguments) {
        return Servers.open()
                .python()
                .env("MLFLOW_TRACKING_URI", gate.uri())
                .env("MLFLOW_TRACKING_USERNAME", Secrets.USER)
                .env("MLFLOW_TRACKING_PASSWORD", Secrets.PASSWORD)
                .run(script, arguments.toArray(String[]::new));
    }
}
