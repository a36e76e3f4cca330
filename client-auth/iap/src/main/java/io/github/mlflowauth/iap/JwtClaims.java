package io.github.mlflowauth.iap;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a JSON Web Token says about itself. Checks no signature: that is IAP's task. */
final class JwtClaims {
    private final JsonObject claims;

    private JwtClaims(JsonObject claims) {
        this.claims = claims;
    }

    /** The claims, or null if the text is no JWT. */
    static @Nullable JwtClaims of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            return null;
        }
        try {
            JsonObject claims =
                    Json.object(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            return claims == null ? null : new JwtClaims(claims);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    Optional<String> text(String name) {
        return Json.text(claims, name);
    }

    Optional<Instant> expiry() {
        JsonElement exp = claims.get("exp");
        boolean isNumber =
                exp != null && exp.isJsonPrimitive() && exp.getAsJsonPrimitive().isNumber();
        return isNumber ? Optional.of(Instant.ofEpochSecond(exp.getAsLong())) : Optional.empty();
    }
}
