package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** What the proxy tells the application about the caller. */
final class SignedHeaders {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Clock clock;
    private final String audience;
    private final ECKey key;

    SignedHeaders(IapSpec spec, Clock clock) {
        this.clock = clock;
        this.audience = "/projects/" + spec.projectNumber + "/apps/" + spec.project;
        try {
            this.key = new ECKeyGenerator(Curve.P_256).keyID("emulated").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK makes EC keys", e);
        }
    }

    /** The public half, with which an application checks the assertion. */
    ECKey publicKey() {
        return key.toPublicJWK();
    }

    Map<String, String> of(String email) {
        String id = Mint.subject(email);
        return Map.of(
                "x-goog-iap-jwt-assertion",
                assertion(email, id),
                "x-goog-authenticated-user-email",
                "accounts.google.com:" + email,
                "x-goog-authenticated-user-id",
                "accounts.google.com:" + id);
    }

    private String assertion(String email, String id) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://cloud.google.com/iap")
                .audience(audience)
                .subject("accounts.google.com:" + id)
                .claim("email", email)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign with a key made here", e);
        }
        return jwt.serialize();
    }
}
