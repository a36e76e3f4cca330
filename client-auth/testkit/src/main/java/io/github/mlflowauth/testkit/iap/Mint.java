package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Google's tokens: ID tokens signed with Google's keys, and access tokens, which only Google can read. */
final class Mint {
    static final String ISSUER = "https://accounts.google.com";

    private final Clock clock;
    private volatile Duration lifetime;
    private final KeyRing googleKeys = new KeyRing();
    private final Map<String, AccessToken> accessTokens = new ConcurrentHashMap<>();
    private final AtomicInteger idTokens = new AtomicInteger();

    Mint(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    KeyRing googleKeys() {
        return googleKeys;
    }

    void lifetime(Duration newLifetime) {
        lifetime = newLifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** How many tokens for the proxy were made, in whatever way. */
    int idTokensMade() {
        return idTokens.get();
    }

    String idToken(String principal, String audience, boolean withEmail) {
        idTokens.incrementAndGet();
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(subject(principal))
                .claim("azp", subject(principal))
                .audience(audience)
                .claim("jti", UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)));
        if (withEmail) {
            claims.claim("email", principal).claim("email_verified", true);
        }
        return googleKeys.sign(claims.build());
    }

    /** A JWT that a service account's own key signs, as {@code signJwt} does it. */
    String signedBy(KeyRing keys, JWTClaimsSet claims) {
        idTokens.incrementAndGet();
        return keys.sign(claims);
    }

    AccessToken accessToken(String principal, Collection<String> scopes) {
        String value = "ya29.emulated-" + UUID.randomUUID();
        Instant expiry = clock.instant().plus(lifetime);
        AccessToken token = new AccessToken(value, principal, Set.copyOf(scopes), expiry, lifetime);
        accessTokens.put(value, token);
        return token;
    }

    /** Whose access token this is, while it lives. */
    Optional<AccessToken> readAccessToken(String value) {
        return Optional.ofNullable(accessTokens.get(value))
                .filter(token -> clock.instant().isBefore(token.expiry));
    }

    /** The stable number that Google gives to each account. */
    static String subject(String principal) {
        return "1" + String.format("%020d", Integer.toUnsignedLong(principal.hashCode()));
    }

    static final class AccessToken {
        final String value;
        final String principal;
        final Set<String> scopes;
        final Instant expiry;
        final Duration lifetime;

        AccessToken(String value, String principal, Set<String> scopes, Instant expiry, Duration lifetime) {
            this.value = value;
            this.principal = principal;
            this.scopes = scopes;
            this.expiry = expiry;
            this.lifetime = lifetime;
        }
    }
}
