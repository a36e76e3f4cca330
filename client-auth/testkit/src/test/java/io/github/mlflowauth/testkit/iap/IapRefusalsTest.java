package io.github.mlflowauth.testkit.iap;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.mlflowauth.testkit.iap.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each row of what the proxy answers when it lets nobody through, word for word. */
class IapRefusalsTest {
    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final Mint strangersMint = new Mint(clock, Duration.ofHours(1));
    private EchoApp app;
    private IapEmulator iap;
    private String account;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        iap = IapEmulator.builder().upstream(app.uri()).clock(clock).start();
        account = iap.addServiceAccount("trainer");
        iap.grantAccess(account);
    }

    @AfterEach
    void stop() {
        iap.close();
        app.close();
    }

    @Test
    void aBrowserWithoutCredentialIsSentToTheSignInHost() throws IOException {
        Reply reply = Requests.get(at("/x?y=z"), "Accept", "text/html,*/*");
        assertRefused(reply, 302, "Invalid IAP credentials: empty token");
        assertThat(reply.header("Location"))
                .startsWith(iap.accountsUri() + "/o/oauth2/v2/auth?client_id=" + iap.clientId());
        assertThat(URI.create(reply.header("Location")).getHost())
                .isNotEqualTo(iap.uri().getHost());
        assertThat(reply.header("Set-Cookie")).matches("GCP_IAP_XSRF_NONCE_[0-9A-F]+=1; .*");
    }

    @Test
    void aProgramWithoutCredentialGets401() throws IOException {
        String sentence = "Invalid IAP credentials: empty token";
        assertRefused(Requests.get(at("/"), "Accept", "application/json"), 401, sentence);
        assertRefused(Requests.post(at("/"), "x", "Accept", "text/html,*/*"), 401, sentence);
        assertRefused(Requests.get(at("/"), "Accept", "*/*", "X-Requested-With", "XMLHttpRequest"), 401, sentence);
        assertRefused(Requests.get(at("/"), "Authorization", "Basic dTpw"), 401, sentence);
    }

    @Test
    void garbageAndAccessTokensCannotBeParsed() throws IOException {
        assertRefused(withToken("garbage"), 401, "Invalid IAP credentials: Unable to parse JWT");
        assertRefused(withToken("ya29.a0AfH6"), 401, "Invalid IAP credentials: Unable to parse JWT");
        String unsigned =
                new PlainJWT(new JWTClaimsSet.Builder().audience(iap.clientId()).build()).serialize();
        assertRefused(withToken(unsigned), 401, "Invalid IAP credentials: Unable to parse JWT");
    }

    @Test
    void onlyGooglesOwnRsaSignatureCounts() throws Exception {
        String sentence = "Invalid IAP credentials: JWT signature is invalid";
        assertRefused(withToken(strangersMint.idToken(account, iap.clientId(), true)), 401, sentence);
        assertRefused(withToken(signedWithSharedSecret()), 401, sentence);
        String[] parts = iap.idToken(account, iap.clientId()).split("\\.");
        String[] others = iap.idToken("boss@example.com", iap.clientId()).split("\\.");
        assertRefused(withToken(parts[0] + "." + others[1] + "." + parts[2]), 401, sentence);
    }

    @Test
    void anotherAudienceIsRefused() throws IOException {
        String sentence = "Invalid IAP credentials: Invalid bearer token. Invalid JWT audience.";
        assertRefused(withToken(iap.idToken(account, "other.apps.googleusercontent.com")), 401, sentence);
        assertRefused(withToken(iap.idToken(account, "/projects/1234567890/apps/emulated-project")), 401, sentence);
        assertRefused(withToken(iap.idToken(account, iap.urlAudience())), 401, sentence);
        assertRefused(withToken(selfSigned(iap.clientId(), Duration.ofHours(1))), 401, sentence);
    }

    @Test
    void theOlderWordingNamesBothAudiences() throws IOException {
        try (IapEmulator older = IapEmulator.builder()
                .upstream(app.uri())
                .clientIds("a.apps.googleusercontent.com")
                .olderWordings()
                .start()) {
            Reply reply = Requests.get(older.uri(), "Authorization", "Bearer " + older.idToken("a@b.c", "x"));
            assertRefused(
                    reply,
                    401,
                    "Invalid IAP credentials: JWT audience doesn't match this application ('aud' claim (x) doesn't"
                            + " match expected value (a.apps.googleusercontent.com))");
        }
    }

    @Test
    void expiryIsHonouredToTheSecond() throws IOException {
        String token = iap.idToken(account, iap.clientId());
        clock.advance(Duration.ofMinutes(59).plusSeconds(59));
        assertThat(withToken(token).status()).isEqualTo(201);
        clock.advance(Duration.ofSeconds(1));
        Reply reply = withToken(token);
        assertRefused(reply, 401, "OpenID Connect token expired: JWT has expired");
        assertThat(reply.header("Content-Length")).isEqualTo("45");
    }

    @Test
    void aTokenFromTheFutureIsRefused() throws IOException {
        String token = iap.idToken(account, iap.clientId());
        clock.advance(Duration.ofMinutes(-10));
        assertThat(withToken(token).status()).isEqualTo(401);
    }

    @Test
    void whoeverIsNotOnTheListGets403() throws IOException {
        iap.revokeAccess(account);
        assertRefused(withToken(iap.idToken(account, iap.clientId())), 403, "You don't have access.");
        assertRefused(withToken(selfSigned(iap.urlAudience(), Duration.ofHours(1))), 403, "You don't have access.");
        iap.grantAccess(account);
        assertThat(withToken(iap.idToken(account, iap.clientId())).status()).isEqualTo(201);
    }

    @Test
    void aSelfSignedTokenCoversItsUrlAndNoOther() throws IOException {
        Duration hour = Duration.ofHours(1);
        assertThat(withToken(selfSigned(iap.urlAudience(), hour)).status()).isEqualTo(201);
        assertThat(withToken(selfSigned(iap.publicUrl() + "/api", hour)).status())
                .isEqualTo(201);
        assertThat(withToken(selfSigned(iap.publicUrl() + "/api/*", hour)).status())
                .isEqualTo(401);
        assertThat(withToken(selfSigned(iap.publicUrl() + "/other", hour)).status())
                .isEqualTo(401);
        assertThat(withToken(selfSigned("https://other.example.com/*", hour)).status())
                .isEqualTo(401);
        assertThat(withToken(selfSigned(iap.publicUrl().replace("https", "http") + "/*", hour))
                        .status())
                .isEqualTo(401);
        assertThat(withToken(selfSigned(iap.urlAudience(), hour.plusSeconds(1))).status())
                .isEqualTo(401);
    }

    @Test
    void aReplacedKeySignsNothingAnyMore() throws IOException {
        String token = selfSigned(iap.urlAudience(), Duration.ofHours(1));
        iap.replaceKey(account);
        assertRefused(withToken(token), 401, "Invalid IAP credentials: JWT signature is invalid");
    }

    @Test
    void googlesOldKeysStayGoodUntilTheyAreDropped() throws IOException {
        String token = iap.idToken(account, iap.clientId());
        iap.rotateKeys();
        assertThat(withToken(token).status()).isEqualTo(201);
        iap.dropOldKeys();
        assertRefused(withToken(token), 401, "Invalid IAP credentials: JWT signature is invalid");
        assertThat(withToken(iap.idToken(account, iap.clientId())).status()).isEqualTo(201);
    }

    @Test
    void aProxyThatNobodyHasSetUpSaysSo() throws IOException {
        try (IapEmulator bare =
                IapEmulator.builder().upstream(app.uri()).clientIds().start()) {
            assertRefused(
                    Requests.get(bare.uri(), "Accept", "text/html"),
                    502,
                    "Empty Google Account OAuth client ID(s)/secret(s).");
        }
    }

    @Test
    void nothingRefusedReachesTheApplication() throws IOException {
        withToken("garbage");
        Requests.post(at("/"), "x");
        assertThat(app.seen()).isEmpty();
    }

    private void assertRefused(Reply reply, int status, String sentence) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(sentence);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.header("X-Goog-IAP-Generated-Response")).isEqualTo("true");
    }

    private URI at(String path) {
        return URI.create(iap.uri() + path);
    }

    private Reply withToken(String token) throws IOException {
        return Requests.get(at("/api"), "Authorization", "Bearer " + token);
    }

    private String selfSigned(String audience, Duration lifetime) {
        return Tokens.selfSigned(iap, account, audience, clock.instant(), lifetime);
    }

    private String signedWithSharedSecret() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).build(),
                new JWTClaimsSet.Builder()
                        .issuer("https://accounts.google.com")
                        .audience(iap.clientId())
                        .claim("email", account)
                        .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                        .build());
        jwt.sign(new MACSigner(new byte[32]));
        return jwt.serialize();
    }
}
