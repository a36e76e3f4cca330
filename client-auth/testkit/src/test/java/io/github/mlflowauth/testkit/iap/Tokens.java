package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;

/** Signs with the key file that the emulator hands out, as a client does. */
final class Tokens {
    private Tokens() {}

    static String selfSigned(IapEmulator iap, String account, String audience, Instant now, Duration lifetime) {
        return sign(
                iap,
                account,
                new JWTClaimsSet.Builder()
                        .issuer(account)
                        .subject(account)
                        .audience(audience)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime)))
                        .build());
    }

    static String sign(IapEmulator iap, String account, JWTClaimsSet claims) {
        try {
            Path folder = Files.createTempDirectory("tokens");
            Path file = iap.writeKeyFile(account, folder);
            Map<String, Object> json = JSONObjectUtils.parse(Files.readString(file));
            Files.delete(file);
            Files.delete(folder);
            String pem = String.valueOf(json.get("private_key")).replaceAll("-----[^-]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(String.valueOf(json.get("private_key_id")))
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.text.ParseException | java.security.GeneralSecurityException | JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
