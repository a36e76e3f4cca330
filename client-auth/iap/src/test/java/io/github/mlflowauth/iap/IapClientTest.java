package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.MlflowResponseException;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.iap.FakeGoogle.Answer;
import io.github.mlflowauth.iap.FakeGoogle.Asked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole client in front of a gate that answers as IAP does. */
class IapClientTest {
    private static final String CLIENT_ID = "1-a.apps.googleusercontent.com";
    private static final String CREATE = "/api/2.0/mlflow/experiments/create";
    private static final int THREADS = 64;

    private final FakeGoogle google = new FakeGoogle();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger minted = new AtomicInteger();
    private final AtomicInteger reachedTheApp = new AtomicInteger();
    private String gateHeader = "Authorization";

    IapClientTest() throws IOException {
        google.on("/token", asked -> {
            String token = FakeGoogle.idToken(CLIENT_ID, Clock.systemUTC());
            accepted.add("Bearer " + token);
            minted.incrementAndGet();
            return Answer.ok("{\"id_token\":\"" + token + "\"}");
        });
        google.on(CREATE, this::gate);
    }

    @AfterEach
    void stop() {
        google.close();
    }

    private Answer gate(Asked asked) {
        if (!accepted.contains(asked.header(gateHeader))) {
            return iap(401, "Invalid IAP credentials: JWT signature is invalid");
        }
        reachedTheApp.incrementAndGet();
        return Answer.ok("{\"experiment_id\":\"7\"}");
    }

    private static Answer iap(int status, String body) {
        return new Answer(status, body, Map.of("X-Goog-IAP-Generated-Response", "true", "Content-Type", "text/html"));
    }

    private IapAuth auth() {
        byte[] key = google.keyFile().toString().getBytes(StandardCharsets.UTF_8);
        return IapAuth.forAudience(CLIENT_ID).withKey(() -> new ByteArrayInputStream(key));
    }

    private AuthMlflowClient client() {
        return MlflowClients.builder().trackingUri(google.url()).gate(auth()).build();
    }

    private static List<String> together(Callable<String> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            answers.add(threads.submit(() -> {
                start.await();
                return call.call();
            }));
        }
        start.countDown();
        List<String> values = new ArrayList<>();
        for (Future<String> answer : answers) {
            values.add(answer.get());
        }
        threads.shutdown();
        return values;
    }

    @Test
    void sixtyFourThreadsMintOnceColdAndOnceAfterAStormOfRefusals() throws Exception {
        try (AuthMlflowClient client = client()) {
            assertThat(together(() -> client.createExperiment("x")))
                    .hasSize(THREADS)
                    .containsOnly("7");
            assertThat(minted).hasValue(1);

            accepted.clear(); // the key was rotated

            assertThat(together(() -> client.createExperiment("x")))
                    .hasSize(THREADS)
                    .containsOnly("7");
            assertThat(minted).hasValue(2);
            assertThat(reachedTheApp).as("each POST reached the app once").hasValue(2 * THREADS);
        }
    }

    @Test
    void aPostIsReplayedOnceAndNoMore() {
        google.on(CREATE, asked -> iap(401, "Invalid IAP credentials: JWT signature is invalid"));

        try (AuthMlflowClient client = client()) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .isInstanceOf(MlflowResponseException.class)
                    .hasMessageContaining("IAP refused the token (token of " + FakeGoogle.SERVICE_ACCOUNT)
                    .hasMessageNotContaining("eyJ");
        }
        assertThat(google.asked(CREATE)).hasSize(2);
        assertThat(minted).hasValue(2);
    }

    @Test
    void aForbiddenIdentityIsTriedOnce() {
        google.on(CREATE, asked -> iap(403, "You don't have access"));

        try (AuthMlflowClient client = client()) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining("IAP knows " + FakeGoogle.SERVICE_ACCOUNT)
                    .hasMessageContaining("roles/iap.httpsResourceAccessor");
        }
        assertThat(google.asked(CREATE)).hasSize(1);
        assertThat(minted).hasValue(1);
    }

    @Test
    void aRedirectToASignInPageIsNeverFollowed() throws IOException {
        try (FakeGoogle accounts = new FakeGoogle();
                AuthMlflowClient client = client()) {
            google.on(
                    CREATE,
                    asked -> new Answer(
                            302,
                            "Invalid IAP credentials: empty token",
                            Map.of(
                                    "X-Goog-IAP-Generated-Response",
                                    "true",
                                    "Location",
                                    accounts.url() + "/?client_id=c-1")));

            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining("IAP saw no token in the request")
                    .hasMessageContaining("(IAP's sign-in uses client ID c-1.)");
            assertThat(accounts.asked()).isEmpty();
        }
    }

    @Test
    void theAppsOwnRefusalLeavesTheTokenAlone() {
        google.on(CREATE, asked -> Answer.status(401, "You are not authenticated."));

        try (AuthMlflowClient client = client()) {
            assertThatThrownBy(() -> client.createExperiment("x")).hasMessageNotContaining("IAP");
        }
        assertThat(google.asked(CREATE)).hasSize(1);
        assertThat(minted).hasValue(1);
    }

    @Test
    void withMlflowsOwnUsersTheTokenMovesAside() {
        gateHeader = "Proxy-authorization";
        try (AuthMlflowClient client = MlflowClients.builder()
                .trackingUri(google.url())
                .gate(auth())
                .app(BasicAuth.of("ada", "lovelace"))
                .build()) {
            assertThat(client.createExperiment("x")).isEqualTo("7");
        }
        Asked asked = google.asked(CREATE).get(0);
        assertThat(asked.header("Authorization")).startsWith("Basic ");
        assertThat(asked.header("Proxy-authorization")).startsWith("Bearer ");
    }

    @Test
    void aMissingIdentityFailsTheCallWithoutSendingIt() {
        try (AuthMlflowClient client = MlflowClients.builder()
                .trackingUri(google.url())
                .gate(IapAuth.forAudience(CLIENT_ID).withKeyFile(java.nio.file.Path.of("/does/not/exist.json")))
                .build()) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining("The key file /does/not/exist.json can't be read");
        }
        assertThat(google.asked(CREATE)).isEmpty();
    }

    @Test
    void forIapFindsTheModuleAndChecksTheAudience() {
        assertThatThrownBy(() -> MlflowClients.forIap("https://mlflow.example.com", "mlflow.example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The IAP audience is a bare host name.")
                .hasMessageContaining("https://mlflow.example.com/*");
    }
}
