package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** A client on the stock client's own provider of host and credentials. */
class HostCredsTest extends ContractTest implements RunsContract, ArtifactsContract {
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
        return MlflowClients.forHostCreds(new BasicMlflowHostCreds(gate.uri(), Secrets.USER, Secrets.PASSWORD));
    }
}
