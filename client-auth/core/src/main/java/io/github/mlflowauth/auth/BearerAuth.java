package io.github.mlflowauth.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bearer token (RFC 6750): fixed, from a file that is read again, or from a {@link TokenSource}. Thread-safe, masked
 * in text.
 *
 * <p>After a refusal, a file or source is looked at again, and the request is replayed once if there is another token
 * by then. So a rotated token survives.
 */
public final class BearerAuth implements RequestAuth {
    private static final Logger LOG = LoggerFactory.getLogger(BearerAuth.class);
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final String origin;

    private BearerAuth(Tokens tokens, String origin) {
        this.tokens = tokens;
        this.origin = origin;
    }

    /** A token that never changes. White space around it is an error; a warning is logged if it is a JWT about to expire. */
    public static BearerAuth of(String token) {
        BearerToken fixed = BearerToken.of(Objects.requireNonNull(token, "token"));
        BearerTokenText.check(token, "The bearer token");
        TokenLife.warning(fixed, Instant.now()).ifPresent(LOG::warn);
        return new BearerAuth(new FixedToken(fixed), "a fixed token");
    }

    /**
     * A token in a file, read for each attempt, so that a rotated one is used at once. White space around it is cut.
     */
    public static BearerAuth fromFile(Path file) {
        return new BearerAuth(new TokenFile(file), "the token file " + file);
    }

    /** Tokens from a source, cached by {@link CachingTokenSource}. */
    public static BearerAuth from(TokenSource source) {
        return new BearerAuth(new CachedTokens(CachingTokenSource.of(source)), "a token source");
    }

    @Override
    public Map<String, String> headers(AuthRequest request) throws IOException {
        String value = tokens.token(request.timeLeft()).value();
        BearerTokenText.check(value, "The bearer token from " + origin);
        return Map.of("Authorization", SCHEME + value);
    }

    @Override
    public boolean refused(Refusal refusal) {
        String sent = refusal.sentHeaders().get("Authorization");
        return sent != null && sent.startsWith(SCHEME) && tokens.hasOtherThan(sent.substring(SCHEME.length()));
    }

    @Override
    public Optional<String> explain(Refusal refusal) {
        if (refusal.status() != 401) {
            return Optional.empty();
        }
        if (refusal.isFromMlflow()) {
            return Optional.of("MLflow's own basic-auth app takes no bearer token, only a user name and password: set"
                    + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, with a gate's token beside them if there"
                    + " is one.");
        }
        if (tokens.isOver()) {
            return Optional.of("The bearer token from " + origin + " has expired: get another.");
        }
        return Optional.of("The bearer token from " + origin + " was refused: it may have expired or be meant for"
                + " another server.");
    }

    @Override
    public String toString() {
        return "BearerAuth{" + origin + "}";
    }

    /** Where tokens come from, with what this class needs to know of a refusal. */
    interface Tokens {
        BearerToken token(Duration maxWait) throws IOException;

        boolean hasOtherThan(String refused);

        /** Whether it is known that the token has expired. */
        default boolean isOver() {
            return false;
        }
    }

    private static final class FixedToken implements Tokens {
        private final BearerToken token;

        FixedToken(BearerToken token) {
            this.token = token;
        }

        @Override
        public BearerToken token(Duration maxWait) {
            return token;
        }

        @Override
        public boolean hasOtherThan(String refused) {
            return false;
        }

        @Override
        public boolean isOver() {
            return TokenLife.isOver(token, Instant.now());
        }
    }

    private static final class CachedTokens implements Tokens {
        private final CachingTokenSource source;

        CachedTokens(CachingTokenSource source) {
            this.source = source;
        }

        @Override
        public BearerToken token(Duration maxWait) throws IOException {
            return source.token(maxWait);
        }

        @Override
        public boolean hasOtherThan(String refused) {
            source.reject(BearerToken.of(refused));
            try {
                return !source.token().value().equals(refused);
            } catch (IOException e) {
                // The refusal is the news; a source that fails now has no other token to offer.
                return false;
            }
        }
    }
}
