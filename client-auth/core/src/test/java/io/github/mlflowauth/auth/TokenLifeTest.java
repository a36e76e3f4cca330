package io.github.mlflowauth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static BearerToken expiringIn(Instant from, int seconds) {
        return BearerToken.of(JwtTest.jwt("{\"exp\":" + (from.getEpochSecond() + seconds) + "}"));
    }

    @Test
    void aTokenOfAnHourIsWarnedAbout() {
        assertThat(TokenLife.warning(expiringIn(NOW, 3599), NOW))
                .contains(
                        "The bearer token expires in 59 min, at 2026-11-24T12:59:59Z, and nothing renews it. For a longer"
                                + " job use a token file or source, or MLFLOW_TRACKING_AUTH=iap behind Identity-Aware Proxy.");
    }

    @Test
    void anExpiredTokenIsWarnedAbout() {
        assertThat(TokenLife.warning(expiringIn(NOW, -90), NOW))
                .contains("The bearer token expired 90 s ago, at 2026-11-24T11:58:30Z: get another.");
    }

    @Test
    void longLivedOpaqueAndGarbledTokensAreNot() {
        assertThat(TokenLife.warning(expiringIn(NOW, 86_400), NOW)).isEmpty();
        assertThat(TokenLife.warning(BearerToken.of("opaque"), NOW)).isEmpty();
        assertThat(TokenLife.warning(BearerToken.of(JwtTest.jwt("garbled")), NOW))
                .isEmpty();
        assertThat(TokenLife.warning(BearerToken.of(JwtTest.jwt("{}")), NOW)).isEmpty();
    }

    @Test
    void aRefusedTokenThatHasExpiredIsExplainedSo() {
        Refusal refusal = Refusal.of(URI.create("https://example.com"), 401, Map.of(), "", Map.of());

        assertThat(BearerAuth.of(expiringIn(Instant.now(), -1).value()).explain(refusal))
                .contains("The bearer token from a fixed token has expired: get another.");
        assertThat(BearerAuth.of("opaque").explain(refusal).orElseThrow()).contains("it may have expired");
    }
}
