package io.github.mlflowauth.auth;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A bearer token and, where it is known, the moment it expires. Immutable, not serializable, masked in text. */
public final class BearerToken {
    private final String value;
    private final @Nullable Instant expiresAt;

    private BearerToken(String value, @Nullable Instant expiresAt) {
        this.value = Objects.requireNonNull(value, "value");
        this.expiresAt = expiresAt;
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A bearer token must not be empty.");
        }
    }

    /** A token whose expiry is not given; where it is a JWT, {@link CachingTokenSource} reads its {@code exp}. */
    public static BearerToken of(String value) {
        return new BearerToken(value, null);
    }

    /** A token that expires at a known moment. */
    public static BearerToken of(String value, Instant expiresAt) {
        return new BearerToken(value, Objects.requireNonNull(expiresAt, "expiresAt"));
    }

    /** The secret itself. Don't print it. */
    public String value() {
        return value;
    }

    /** When the token expires; empty if unknown. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    @Override
    public String toString() {
        return "BearerToken{***, expiresAt=" + (expiresAt == null ? "unknown" : expiresAt) + "}";
    }
}
