package io.github.mlflowauth.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a token that never changes still lasts, where it is a JWT that says so. */
final class TokenLife {
    private static final Duration SHORT = Duration.ofHours(2);

    private TokenLife() {}

    /** A warning if the token has expired or expires within two hours, as Google's ID tokens all do. */
    static Optional<String> warning(BearerToken token, Instant now) {
        return expiry(token).filter(expiry -> expiry.isBefore(now.plus(SHORT))).map(expiry -> {
            Duration left = Duration.between(now, expiry);
            return left.isNegative()
                    ? "The bearer token expired " + left.negated().getSeconds() + " s ago, at " + expiry
                            + ": get another."
                    : "The bearer token expires in " + left.toMinutes() + " min, at " + expiry
                            + ", and nothing renews it."
                            + " For a longer job use a token file or source, or MLFLOW_TRACKING_AUTH=iap behind"
                            + " Identity-Aware Proxy.";
        });
    }

    /** Whether the token says that it has expired. */
    static boolean isOver(BearerToken token, Instant now) {
        return expiry(token).filter(expiry -> !expiry.isAfter(now)).isPresent();
    }

    private static Optional<Instant> expiry(BearerToken token) {
        try {
            return Jwt.expiry(token.value());
        } catch (IOException garbled) {
            // The server will say what it thinks of it.
            return Optional.empty();
        }
    }
}
