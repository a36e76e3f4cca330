package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides on one token, in the order in which the real proxy seems to look at it. */
final class IapAccess {
    private static final Set<String> GOOGLE = Set.of(Mint.ISSUER, "accounts.google.com");
    private static final Duration LONGEST_SELF_SIGNED = Duration.ofHours(1);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private final Principals principals;
    private final Mint mint;
    private final Clock clock;
    private final IapSpec spec;

    IapAccess(Principals principals, Mint mint, Clock clock, IapSpec spec) {
        this.principals = principals;
        this.mint = mint;
        this.clock = clock;
        this.spec = spec;
    }

    /** What a token comes to: someone's name, or the reason why not. */
    static final class Verdict {
        final Optional<String> principal;
        final Optional<Refusal> refusal;

        private Verdict(Optional<String> principal, Optional<Refusal> refusal) {
            this.principal = principal;
            this.refusal = refusal;
        }

        static Verdict pass(String principal) {
            return new Verdict(Optional.of(principal), Optional.empty());
        }

        static Verdict refuse(Refusal refusal) {
            return new Verdict(Optional.empty(), Optional.of(refusal));
        }
    }

    Verdict judge(String token, String path) {
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(token);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            return Verdict.refuse(Refusal.unparseable());
        }
        if (claims == null) {
            return Verdict.refuse(Refusal.unparseable());
        }
        if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)) {
            return Verdict.refuse(Refusal.badSignature());
        }
        String issuer = String.valueOf(claims.getIssuer());
        return GOOGLE.contains(issuer) ? judgeIdToken(jwt, claims) : judgeSelfSigned(jwt, claims, issuer, path);
    }

    private Verdict judgeIdToken(SignedJWT jwt, JWTClaimsSet claims) {
        if (!mint.googleKeys().hasSigned(jwt)) {
            return Verdict.refuse(Refusal.badSignature());
        }
        String audience = audience(claims);
        if (!spec.clientIds.contains(audience)) {
            return Verdict.refuse(wrongAudience(audience, String.join(" or ", spec.clientIds)));
        }
        Optional<Refusal> time = problemOfTime(claims);
        if (time.isPresent()) {
            return Verdict.refuse(time.get());
        }
        Object email = claims.getClaim("email");
        return email instanceof String ? admit((String) email) : Verdict.refuse(Refusal.noEmail());
    }

    private Verdict judgeSelfSigned(SignedJWT jwt, JWTClaimsSet claims, String issuer, String path) {
        Optional<KeyRing> keys = principals.keysOf(issuer);
        if (keys.isEmpty() || !keys.get().hasSigned(jwt)) {
            return Verdict.refuse(Refusal.badSignature());
        }
        if (!issuer.equals(claims.getSubject())) {
            return Verdict.refuse(Refusal.wrongIssuer());
        }
        String audience = audience(claims);
        if (!covers(audience, path)) {
            return Verdict.refuse(wrongAudience(audience, spec.publicUrl() + path));
        }
        Optional<Refusal> time = problemOfTime(claims).or(() -> problemOfLifetime(claims));
        return time.isPresent() ? Verdict.refuse(time.get()) : admit(issuer);
    }

    private Refusal wrongAudience(String actual, String expected) {
        return spec.olderWordings ? Refusal.wrongAudience(actual, expected) : Refusal.wrongAudience();
    }

    /** Whoever is known, but not on the list, gets the 403. */
    Verdict admit(String principal) {
        return principals.mayPass(principal) ? Verdict.pass(principal) : Verdict.refuse(Refusal.noAccess());
    }

    private static String audience(JWTClaimsSet claims) {
        List<String> all = claims.getAudience();
        return all.size() == 1 ? all.get(0) : "";
    }

    /** An exact URL covers itself; one that ends in {@code /*} all that begins with what is before the star. */
    private boolean covers(String audience, String path) {
        URI wanted = URI.create(spec.publicUrl());
        String url = wanted.getScheme() + "://" + wanted.getAuthority() + path;
        return audience.endsWith("/*")
                ? url.startsWith(audience.substring(0, audience.length() - 1))
                : url.equals(audience);
    }

    /** No second of grace after the expiry. */
    private Optional<Refusal> problemOfTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        if (claims.getExpirationTime() == null
                || !now.isBefore(claims.getExpirationTime().toInstant())) {
            return Optional.of(Refusal.expired());
        }
        boolean fromTheFuture = claims.getIssueTime() == null
                || claims.getIssueTime().toInstant().isAfter(now.plus(CLOCK_TOLERANCE));
        return fromTheFuture ? Optional.of(Refusal.lifetime()) : Optional.empty();
    }

    private static Optional<Refusal> problemOfLifetime(JWTClaimsSet claims) {
        Duration lifetime = Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
        return lifetime.compareTo(LONGEST_SELF_SIGNED) > 0 ? Optional.of(Refusal.lifetime()) : Optional.empty();
    }
}
