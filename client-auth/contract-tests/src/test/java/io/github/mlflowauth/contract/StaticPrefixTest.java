package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;

/** A server whose every address has a prefix, as behind a shared host name. */
class StaticPrefixTest extends ContractTest
        implements RunsContract, SearchContract, ArtifactsContract, RegistryContract, RequestContract {
    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.builder()
                .trackingUri(Servers.prefixed().uri().toString() + "/")
                .build();
    }
}
