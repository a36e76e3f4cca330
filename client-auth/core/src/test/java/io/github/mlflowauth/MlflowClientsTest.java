package io.github.mlflowauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import io.github.mlflowauth.auth.AuthLayer;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

class MlflowClientsTest {
    private static final String URI = "https://mlflow.example.com/pre";

    @TempDir
    Path home;

    @Test
    void everyDoorGivesAStockClientWithoutTouchingTheNetwork() {
        for (AuthMlflowClient client : new AuthMlflowClient[] {
            MlflowClients.forBasicAuth(URI, "ada", "topsecret"),
            MlflowClients.forBearerToken(URI, "topsecret"),
            MlflowClients.forHostCreds(new BasicMlflowHostCreds(URI, "ada", "topsecret")),
            fromEnvironment(Map.of("MLFLOW_TRACKING_URI", URI))
        }) {
            try (client) {
                assertThat((MlflowClient) client).isInstanceOf(MlflowClient.class);
                assertThat(client.trackingUri()).hasToString(URI);
                assertThat(client.toString()).doesNotContain("topsecret");
            }
        }
    }

    @Test
    void withoutATrackingUriTheErrorSaysWhatToSet() {
        assertThatThrownBy(() -> fromEnvironment(Map.of())).hasMessageContaining("set MLFLOW_TRACKING_URI");
    }

    @Test
    void theForMethodsTakeNoCredentialFromTheEnvironment() {
        Environment other = Environment.of(
                Map.of("MLFLOW_TRACKING_URI", URI, "MLFLOW_TRACKING_TOKEN", "a", "MLFLOW_TRACKING_AUTH", "nonsense"),
                home);
        try (AuthMlflowClient client = MlflowClients.builder()
                .environment(other)
                .basicAuth("ada", "topsecret")
                .build()) {
            assertThat(client.trackingUri()).hasToString(URI);
        }
    }

    @Test
    void withoutTheIapModuleTheErrorNamesTheDependencyAndTheUnmergedJar() {
        assertThatThrownBy(() -> MlflowClients.forIap(URI, "https://mlflow.example.com/*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("io.github.mlflowauth:mlflow-client-auth-iap")
                .hasMessageContaining("META-INF/services");
    }

    @Test
    void aCredentialOverPlainHttpIsRefusedUnlessAllowed() {
        String plain = "http://mlflow.example.com";
        assertThatThrownBy(() -> MlflowClients.forBasicAuth(plain, "ada", "topsecret"))
                .hasMessageContaining("plain http")
                .hasMessageContaining("MLFLOW_ALLOW_PLAIN_HTTP");
        MlflowClients.builder()
                .trackingUri(plain)
                .basicAuth("ada", "topsecret")
                .allowPlainHttp()
                .build()
                .close();
        MlflowClients.builder().trackingUri("http://mlflow:5000").build().close();
        MlflowClients.forBasicAuth("http://127.0.0.1:5000", "ada", "topsecret").close();
        MlflowClients.forBasicAuth("http://[::1]:5000", "ada", "topsecret").close();
    }

    @Test
    void twoCredentialsForTheAppAreAContradiction() {
        assertThatThrownBy(() -> MlflowClients.forBasicAuth("https://bob:topsecret@host", "ada", "other"))
                .hasMessageContaining("take them out of the URI")
                .hasMessageNotContaining("topsecret");
        assertThatThrownBy(() ->
                        MlflowClients.builder().trackingUri("https://bob@host").build())
                .hasMessageContaining("no password");
    }

    @Test
    void hostCredsThatTrustAnyServerWinOverACaBundleInTheEnvironment() {
        BasicMlflowHostCreds creds = new BasicMlflowHostCreds(URI, "ada", "topsecret", null, true);
        try (AuthMlflowClient client = MlflowClients.builder()
                .environment(Environment.of(Map.of("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem"), home))
                .hostCreds(creds)
                .build()) {
            assertThat(client.trackingUri()).hasToString(URI);
        }
    }

    @Test
    void aClosedClientSaysSo() {
        AuthMlflowClient client = MlflowClients.forBasicAuth(URI, "ada", "topsecret");
        client.close();
        client.close();
        assertThatThrownBy(() -> client.getRun("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void itIsNotSerializedAndSaysWhatToDo() {
        try (AuthMlflowClient client = MlflowClients.forBasicAuth(URI, "ada", "topsecret")) {
            assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(client))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("where it is used");
            Kryo kryo = new Kryo();
            kryo.setRegistrationRequired(false);
            assertThatThrownBy(() -> kryo.writeClassAndObject(new Output(new ByteArrayOutputStream()), client))
                    .hasRootCauseInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void aFailureGivesItsFactsAsMethods() {
        try (AuthMlflowClient client = MlflowClients.builder()
                .trackingUri("http://127.0.0.1:1")
                .transport(t -> t.retry(t.retry().toBuilder().maxRetries(0).build()))
                .build()) {
            assertThatThrownBy(() -> client.getRun("x"))
                    .isInstanceOfSatisfying(MlflowRequestException.class, failure -> {
                        assertThat(failure.attempts()).isEqualTo(1);
                        assertThat(failure.isRetryable()).isTrue();
                        assertThat(failure.isOutcomeUnknown()).isFalse();
                        assertThat(failure.statusCode()).isEmpty();
                        assertThat(failure.refusedBy()).isNotEqualTo(java.util.Optional.of(AuthLayer.GATE));
                    });
        }
    }

    private AuthMlflowClient fromEnvironment(Map<String, String> variables) {
        return MlflowClients.builder()
                .environment(Environment.of(variables, home))
                .fromEnvironment()
                .build();
    }
}
