package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract through two layers: a gate that wants a bearer token, and MLflow's own users behind it. */
class TwoLayersTest extends ClientContract {
    private static NginxGate gate;

    @BeforeAll
    static void openGate() {
        gate = NginxGate.bearerBesideApp(Servers.withUsers().uri().getPort(), Secrets.GATE_TOKEN);
    }

    @AfterAll
    static void closeGate() {
        gate.close();
    }

    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.builder()
                .trackingUri(gate.uri())
                .bearerToken(Secrets.GATE_TOKEN)
                .basicAuth(Secrets.ADMIN, Secrets.ADMIN_PASSWORD)
                .build();
    }
}
