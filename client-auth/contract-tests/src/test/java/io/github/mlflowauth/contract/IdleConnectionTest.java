package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** MLflow's server drops a connection that is idle for 5 seconds; a create must not run into that. */
class IdleConnectionTest {

    @Test
    void aCreateAfterAnIdleConnectionEndedWorksAndHappensOnce() throws Exception {
        try (CountingForwarder forwarder =
                        new CountingForwarder(Servers.open().uri().getPort());
                AuthMlflowClient client =
                        MlflowClients.builder().trackingUri(forwarder.uri()).build()) {
            String experiment = client.createExperiment("idle-" + forwarder.port());
            client.createRun(experiment);
            assertThat(forwarder.open()).isEqualTo(1);

            await().atMost(Duration.ofSeconds(10)).until(() -> forwarder.open() == 0);
            client.createRun(experiment);

            assertThat(client.listRunInfos(experiment)).hasSize(2);
            assertThat(forwarder.accepted()).isEqualTo(2);
        }
    }
}
