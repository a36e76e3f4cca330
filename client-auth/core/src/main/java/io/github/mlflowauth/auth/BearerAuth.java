package io.github.mlflowauth.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A bearer token (RFC 6750): fixed, from a file that is read again, or from a {@link TokenSource}. Thread-safe, masked
 * in text.
 *
 * <p>After a refusal, a file or source is looked at again, and the request is replayed once if there is another token
 * by then. So a rotated token survives.
 */
public final class BearerAuth implements RequestAuth {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final String origin;

    private BearerAuth(Tokens tokens, String origin) {
        this.tokens = tokens;
        this.origin = origin;
    }

    /** A token that never changes. Leading and trailing white space is an error. */
    public static BearerAuth of(String token) {
        BearerToken fixed = BearerToken.of(Objects.requireNonNull(token, "token"));
        BearerTokenText.check(token, "The bearer token");
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
