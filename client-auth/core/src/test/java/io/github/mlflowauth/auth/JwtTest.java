package io.github.mlflowauth.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {

    static String jwt(String payload) {
        return part("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + part(payload) + ".c2lnbmF0dXJl";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void expIsReadWhateverElseThePayloadHolds() throws IOException {
        String payload = "{\"aud\":[\"a\",\"b\"],\"nested\":{\"exp\":1},\"name\":\"Zażółć\",\"exp\":1795521600}";

        assertThat(Jwt.expiry(jwt(payload))).contains(Instant.ofEpochSecond(1795521600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "ya29.c.b0Aaekm1K_with-two.dots", "ya29.c.d", "..", "a.b.c", "eyJ9.e30.x"})
    void anOpaqueTokenHasNoKnownExpiryEvenWithTwoDots(String token) throws IOException {
        assertThat(Jwt.expiry(token)).isEmpty();
    }

    @Test
    void aJwtWithoutExpHasNoKnownExpiry() throws IOException {
        assertThat(Jwt.expiry(jwt("{\"sub\":\"x\"}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[1]", "", "{\"exp\":17955"})
    void aGarbledPayloadIsAnErrorThatShowsNothingOfIt(String payload) {
        assertThatThrownBy(() -> Jwt.expiry(jwt(payload)))
                .isInstanceOf(IOException.class)
                .hasMessage("The token is a JWT whose payload is no JSON object, so its expiry can't be read."
                        + " Check what the token source returns: it may be cut off.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tomorrow\"", "-1", "1e300", "null", "{}", "true"})
    void anExpThatIsNoPointInTimeIsAnError(String exp) {
        assertThatThrownBy(() -> Jwt.expiry(jwt("{\"exp\":" + exp + "}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"exp\" is no number of seconds since 1970");
    }
}
