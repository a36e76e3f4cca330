package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.Refusal;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.iap.FakeGoogle.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IapRequestAuthTest {
    private static final URI SERVER = URI.create("https://mlflow.example.com");
    private static final String CLIENT_ID = "1-a.apps.googleusercontent.com";
    private static final AuthRequest REQUEST = AuthRequest.of("POST", SERVER, Duration.ofMinutes(5));

    private final FakeGoogle google = new FakeGoogle();
    private final RequestAuth auth;

    IapRequestAuthTest() throws IOException {
        byte[] key = google.keyFile().toString().getBytes(StandardCharsets.UTF_8);
        auth = IapAuth.forAudience(CLIENT_ID)
                .withKey(() -> new ByteArrayInputStream(key))
                .create(AuthSettings.of(SERVER, Map.of()).withEnvironment(Map.of()));
    }

    @AfterEach
    void stop() {
        google.close();
    }

    private FakeGoogle mints(int times) {
        for (int i = 0; i < times; i++) {
            google.on(
                    "/token", Answer.ok("{\"id_token\":\"" + FakeGoogle.idToken(CLIENT_ID, Clock.systemUTC()) + "\"}"));
        }
        return google;
    }

    private static Refusal refusal(int status, String body, Map<String, String> sent) {
        return Refusal.of(SERVER, status, Map.of("X-Goog-IAP-Generated-Response", List.of("true")), body, sent);
    }

    @Test
    void makingOneDoesNoNetworkCall() {
        assertThat(google.asked()).isEmpty();
    }

    @Test
    void theWarmPathGivesTheVerySameMap() throws IOException {
        mints(1);

        Map<String, String> headers = auth.headers(REQUEST);

        assertThat(headers.keySet()).containsExactly("Authorization");
        assertThat(headers.get("Authorization")).startsWith("Bearer ey");
        assertThat(auth.headers(REQUEST)).isSameAs(headers);
        assertThat(google.asked()).hasSize(1);
    }

    @Test
    void aTokenThatIapRefusesIsReplacedOnce() throws IOException {
        mints(3);
        Map<String, String> sent = auth.headers(REQUEST);
        Refusal refusal = refusal(401, "Invalid IAP credentials: JWT signature is invalid", sent);

        assertThat(auth.refused(refusal)).isTrue();
        assertThat(auth.refused(refusal))
                .as("another thread with the same old token")
                .isTrue();

        assertThat(auth.headers(REQUEST)).isNotEqualTo(sent);
        assertThat(google.asked()).hasSize(2);
    }

    @Test
    void aTokenServiceThatInsistsOnTheRefusedTokenMeansNoReplay() throws IOException {
        String stubborn = FakeGoogle.idToken(CLIENT_ID, Clock.systemUTC());
        google.on("/token", asked -> Answer.ok("{\"id_token\":\"" + stubborn + "\"}"));
        Refusal refusal = refusal(401, "Invalid IAP credentials: JWT signature is invalid", auth.headers(REQUEST));

        assertThat(auth.refused(refusal)).isFalse();
        assertThat(google.asked()).hasSize(2);
    }

    @Test
    void anAppsOwnRefusalLeavesTheTokenAlone() throws IOException {
        mints(2);
        Map<String, String> sent = auth.headers(REQUEST);
        Refusal apps = Refusal.of(SERVER, 401, Map.of(), "You are not authenticated.", sent);

        assertThat(auth.refused(apps)).isFalse();
        assertThat(auth.explain(apps)).isEmpty();
        assertThat(auth.headers(REQUEST)).isSameAs(sent);
    }

    @Test
    void aForbiddenIdentityIsNotReplayed() throws IOException {
        mints(2);
        Map<String, String> sent = auth.headers(REQUEST);
        Refusal refusal = refusal(403, "no", sent);

        assertThat(auth.refused(refusal)).isFalse();
        assertThat(auth.explain(refusal).orElseThrow()).startsWith("IAP knows " + FakeGoogle.SERVICE_ACCOUNT);
        assertThat(google.asked()).hasSize(1);
    }

    @Test
    void whenNoOtherTokenCanBeMadeTheExplanationSaysBoth() throws IOException {
        mints(1).on("/token", Answer.status(400, "{\"error\":\"invalid_grant\"}"));
        Refusal refusal = refusal(401, "Invalid IAP credentials: JWT signature is invalid", auth.headers(REQUEST));

        assertThat(auth.refused(refusal)).isFalse();
        assertThat(auth.explain(refusal).orElseThrow())
                .startsWith("IAP refused the token (token of " + FakeGoogle.SERVICE_ACCOUNT)
                .contains("No other token could be made: Google's token endpoint ")
                .contains("invalid_grant");
    }

    @Test
    void theTokenIsInNoText() throws IOException {
        mints(1);
        String header = String.valueOf(auth.headers(REQUEST).get("Authorization"));

        assertThat(auth.toString())
                .isEqualTo("IapRequestAuth{audience=" + CLIENT_ID + "}")
                .doesNotContain(header.substring("Bearer ".length()));
    }

    @Test
    void aCheckTellsIdentityModeAndClock() throws IOException {
        byte[] key = google.keyFile().toString().getBytes(StandardCharsets.UTF_8);
        mints(1);

        IapCheck check = IapAuth.forAudience(CLIENT_ID)
                .withKey(() -> new ByteArrayInputStream(key))
                .check(AuthSettings.of(SERVER, Map.of()).withEnvironment(Map.of()));

        assertThat(check.identity()).isEqualTo(FakeGoogle.SERVICE_ACCOUNT + " (key that the program gave)");
        assertThat(check.audience()).isEqualTo(CLIENT_ID);
        assertThat(check.isSelfSigned()).isFalse();
        assertThat(check.token().expiresAt()).isPresent();
        assertThat(check.clockDifference().orElseThrow().abs()).isLessThan(Duration.ofSeconds(60));
        assertThat(check.toString()).doesNotContain(check.token().value());
    }
}
