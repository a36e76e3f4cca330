package io.github.mlflowauth.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Struct;
import org.mlflow_project.google.protobuf.Value;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** Reads when a JSON Web Token expires. Checks no signature: that is the server's task. */
final class Jwt {
    private static final long LAST_SECOND_OF_YEAR_9999 = 253_402_300_799L;

    private Jwt() {}

    /**
     * The token's {@code exp}.
     *
     * @return empty if the token isn't a JWT, or has no {@code exp}
     * @throws IOException if it is a JWT that can't be read; the message holds nothing of the token
     */
    static Optional<Instant> expiry(String token) throws IOException {
        String[] parts = token.split("\\.", -1);
        // Opaque tokens can have dots too (Google's access tokens do), but their first part is no JSON object.
        if (parts.length != 3 || json(parts[0]) == null) {
            return Optional.empty();
        }
        Struct claims = json(parts[1]);
        if (claims == null) {
            throw new IOException("The token is a JWT whose payload is no JSON object, so its expiry can't be read."
                    + " Check what the token source returns: it may be cut off.");
        }
        Value exp = claims.getFieldsMap().get("exp");
        return exp == null ? Optional.empty() : Optional.of(instant(exp));
    }

    private static Instant instant(Value exp) throws IOException {
        double seconds = exp.getKindCase() == Value.KindCase.NUMBER_VALUE ? exp.getNumberValue() : Double.NaN;
        if (seconds >= 0 && seconds <= LAST_SECOND_OF_YEAR_9999) {
            return Instant.ofEpochSecond((long) seconds);
        }
        throw new IOException("The token is a JWT whose \"exp\" is no number of seconds since 1970."
                + " Check what the token source returns.");
    }

    private static @Nullable Struct json(String part) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
            Struct.Builder claims = Struct.newBuilder();
            JsonFormat.parser().merge(text, claims);
            return claims.build();
        } catch (IllegalArgumentException | InvalidProtocolBufferException notJson) {
            return null;
        }
    }
}
