package io.github.mlflowauth.auth;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token with the moments at which its cache acts, in milliseconds since 1970. Immutable. */
final class CachedToken {
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

    private final BearerToken token;
    private final boolean lasting;
    private final long softAt;
    private final long hardAt;
    private final long expiresAt;

    CachedToken(BearerToken token, @Nullable Instant expiry, Duration softMargin, Duration hardMargin) {
        this.token = token;
        this.lasting = expiry != null;
        this.expiresAt = expiry == null ? Long.MIN_VALUE : (expiry.isAfter(FAR) ? FAR : expiry).toEpochMilli();
        this.softAt = lasting ? expiresAt - softMargin.toMillis() : expiresAt;
        this.hardAt = lasting ? expiresAt - hardMargin.toMillis() : expiresAt;
    }

    BearerToken token() {
        return token;
    }

    boolean is(BearerToken other) {
        return token.value().equals(other.value());
    }

    /** Whether the expiry is known, so that the token may serve more than one attempt. */
    boolean isLasting() {
        return lasting;
    }

    /** Nothing to do yet. */
    boolean isFresh(long now) {
        return now < softAt;
    }

    /** Good enough to go on with, while another is fetched. */
    boolean isComfortable(long now) {
        return now < hardAt;
    }

    /** Not expired. */
    boolean isUsable(long now) {
        return now < expiresAt;
    }

    boolean expiresAfter(@Nullable CachedToken other) {
        return other == null || expiresAt > other.expiresAt;
    }
}
