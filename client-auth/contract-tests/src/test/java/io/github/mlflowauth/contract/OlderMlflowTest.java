package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;

/** The main parts of the contract on MLflow 2.22. */
class OlderMlflowTest extends ContractTest
        implements RunsContract, MetricsContract, ArtifactsContract, RegistryContract, FluentContract {
    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.builder()
                .trackingUri(Servers.older().uri().toString())
                .build();
    }
}
