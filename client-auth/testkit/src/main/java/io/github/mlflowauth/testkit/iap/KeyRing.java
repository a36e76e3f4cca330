package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The RSA keys of one signer: signs with the newest, knows the older ones until they are dropped. */
final class KeyRing {
    private static final int BITS = 2048;

    private final List<RSAKey> keys = new CopyOnWriteArrayList<>();

    KeyRing() {
        rotate();
    }

    void rotate() {
        try {
            keys.add(
                    0,
                    new RSAKeyGenerator(BITS)
                            .keyID(UUID.randomUUID().toString().replace("-", ""))
                            .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK makes RSA keys", e);
        }
    }

    /** From now on tokens that an older key signed are refused. */
    void dropOld() {
        keys.retainAll(List.of(keys.get(0)));
    }

    RSAKey newest() {
        return keys.get(0);
    }

    String sign(JWTClaimsSet claims) {
        RSAKey key = newest();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign with a key made here", e);
        }
        return jwt.serialize();
    }

    /** Only RS256, and only by a key of this ring that the header names. */
    boolean hasSigned(SignedJWT jwt) {
        return keys.stream()
                .filter(key -> key.getKeyID().equals(jwt.getHeader().getKeyID()))
                .anyMatch(key -> verifies(key, jwt));
    }

    private static boolean verifies(RSAKey key, SignedJWT jwt) {
        try {
            return jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    && jwt.verify(new RSASSAVerifier(key.toRSAPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }
}
