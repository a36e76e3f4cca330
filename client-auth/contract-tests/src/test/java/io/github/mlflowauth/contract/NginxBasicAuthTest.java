package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
