package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;

/** The contract on a server with MLflow's own users. */
class MlflowBasicAuthAppTest extends ClientContract {
    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.forBasicAuth(Servers.withUsers().uri().toString(), Secrets.ADMIN, Secrets.ADMIN_PASSWORD);
    }
}
