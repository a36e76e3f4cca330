package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import org.junit.jupiter.api.Test;

/** A server on this machine that doesn't proxy artifacts: the client reads and writes the run's directory itself. */
class FileArtifactsTest extends ContractTest implements ArtifactsContract, ArtifactNamesContract {
    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.builder()
                .trackingUri(Servers.withFileRoots().uri().toString())
                .build();
    }

    @Test
    void theRootIsALocalDirectory() {
        assertThat(client().getRun(newRun()).getInfo().getArtifactUri()).startsWith("file:///");
    }
}
