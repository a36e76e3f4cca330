package io.github.mlflowauth.testkit.iap;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.mlflowauth.testkit.iap.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token services over plain HTTP: what they give, and what they refuse. */
class TokenServicesTest {
    private static final String JWT_BEARER = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer";
    private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T12:00:00Z"));

    @TempDir
    Path folder;

    private IapEmulator iap;
    private String caller;
    private String target;

    @BeforeEach
    void start() {
        iap = IapEmulator.builder().clock(clock).start();
        caller = iap.addServiceAccount("caller");
        target = iap.addServiceAccount("target");
    }

    @AfterEach
    void stop() {
        iap.close();
    }

    @Test
    void theTokenEndpointReadsTheAssertionClosely() throws Exception {
        Duration hour = Duration.ofHours(1);
        String own = iap.tokenUri().toString();
        SignedJWT token = SignedJWT.parse(member(ask(assertion(own, hour, "target_audience", "aud")), "id_token"));
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("aud");
        assertThat(token.getJWTClaimsSet().getStringClaim("email")).isEqualTo(caller);
        assertThat(token.getJWTClaimsSet().getBooleanClaim("email_verified")).isTrue();

        assertThat(ask(assertion("https://elsewhere", hour, "target_audience", "aud"))
                        .body())
                .contains("Invalid JWT: Failed audience check.");
        assertThat(ask(assertion(own, hour.plusSeconds(1), "target_audience", "aud"))
                        .body())
                .contains("Token must be a short-lived token (60 minutes)");
        assertThat(ask(assertion(own, hour, "nothing", "asked")).body()).contains("invalid_scope");
        assertThat(ask("garbage").status()).isEqualTo(400);
        String late = assertion(own, hour, "target_audience", "aud");
        clock.advance(Duration.ofMinutes(61));
        assertThat(ask(late).body()).contains("Check your iat and exp values");
    }

    @Test
    void theMetadataServerWantsItsHeader() throws IOException {
        iap.metadataAccount(caller);
        URI email = metadata("/computeMetadata/v1/instance/service-accounts/default/email");
        assertThat(Requests.get(email).status()).isEqualTo(403);
        assertThat(Requests.get(email, "Metadata-Flavor", "Google", "X-Forwarded-For", "1.2.3.4")
                        .status())
                .isEqualTo(403);
        Reply reply = Requests.get(email, "Metadata-Flavor", "Google");
        assertThat(reply.body()).isEqualTo(caller);
        assertThat(reply.header("Metadata-Flavor")).isEqualTo("Google");
        assertThat(Requests.get(metadata("/")).header("Metadata-Flavor")).isEqualTo("Google");
    }

    @Test
    void theMetadataServerGivesAnEmailOnlyInTheFullFormat() throws Exception {
        iap.metadataAccount(caller);
        assertThat(claims(identity("?audience=a")).getClaim("email")).isNull();
        assertThat(claims(identity("?audience=a&format=standard")).getClaim("email"))
                .isNull();
        assertThat(claims(identity("?audience=a&format=full")).getClaim("email"))
                .isEqualTo(caller);
        assertThat(identity("?format=full").status()).isEqualTo(400);
    }

    @Test
    void theMetadataServerKeepsATokenUntilFiveMinutesAreLeft() throws IOException {
        iap.metadataAccount(caller);
        String first = identity("?audience=a&format=full").body();
        clock.advance(Duration.ofMinutes(54));
        assertThat(identity("?audience=a&format=full").body()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(1));
        assertThat(identity("?audience=a&format=full").body()).isNotEqualTo(first);
        assertThat(iap.tokensMade()).isEqualTo(2);
    }

    @Test
    void aMachineWithoutServiceAccountHasNothingToGive() throws IOException {
        assertThat(identity("?audience=a&format=full").status()).isEqualTo(404);
    }

    @Test
    void iamCredentialsWantsALivingAccessTokenOfTheRightScope() throws IOException {
        iap.grantRole(caller, Role.TOKEN_CREATOR, target);
        Map<String, Object> body = Map.of("audience", "a", "includeEmail", true);
        assertThat(iam("generateIdToken", "nonsense", body).status()).isEqualTo(401);
        assertThat(iam("generateIdToken", accessToken("openid"), body).body())
                .contains("Request had insufficient authentication scopes.");
        String token = accessToken(CLOUD_PLATFORM);
        assertThat(iam("generateIdToken", token, body).status()).isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertThat(iam("generateIdToken", token, body).status()).isEqualTo(401);
    }

    @Test
    void iamCredentialsAsksForTheRoleOnTheAccountItself() throws IOException {
        Map<String, Object> claims = Map.of("payload", "{\"iss\":\"x\"}");
        iap.grantRole(caller, Role.OPEN_ID_TOKEN_CREATOR, target);
        assertThat(iam("signJwt", accessToken(CLOUD_PLATFORM), claims).body())
                .contains("Permission 'iam.serviceAccounts.signJwt' denied on resource (or it may not exist).")
                .contains("PERMISSION_DENIED");
        iap.grantRole(caller, Role.TOKEN_CREATOR, target);
        assertThat(iam("signJwt", accessToken(CLOUD_PLATFORM), claims).status()).isEqualTo(200);
        iap.revokeRole(caller, Role.TOKEN_CREATOR, target);
        assertThat(iam("signJwt", accessToken(CLOUD_PLATFORM), claims).status()).isEqualTo(403);
    }

    @Test
    void aSignedJwtCarriesExactlyTheClaimsInTheString() throws Exception {
        iap.grantRole(caller, Role.TOKEN_CREATOR, target);
        String payload = JSONObjectUtils.toJSONString(Map.of("iss", target, "sub", target, "aud", "https://x/*"));
        Reply reply = iam("signJwt", accessToken(CLOUD_PLATFORM), Map.of("payload", payload));
        JWTClaimsSet claims = SignedJWT.parse(member(reply, "signedJwt")).getJWTClaimsSet();
        assertThat(claims.toJSONObject()).isEqualTo(Map.of("iss", target, "sub", target, "aud", "https://x/*"));
        assertThat(iam("signJwt", accessToken(CLOUD_PLATFORM), Map.of("payload", Map.of("iss", target)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void delegatesMustEachBeAllowedToActAsTheNext() throws IOException {
        String middle = iap.addServiceAccount("middle");
        Map<String, Object> body =
                Map.of("audience", "a", "delegates", List.of("projects/-/serviceAccounts/" + middle));
        iap.grantRole(middle, Role.TOKEN_CREATOR, target);
        assertThat(iam("generateIdToken", accessToken(CLOUD_PLATFORM), body).status())
                .isEqualTo(403);
        iap.grantRole(caller, Role.TOKEN_CREATOR, middle);
        assertThat(iam("generateIdToken", accessToken(CLOUD_PLATFORM), body).status())
                .isEqualTo(200);
        Map<String, Object> bareName = Map.of("audience", "a", "delegates", List.of(middle));
        assertThat(iam("generateIdToken", accessToken(CLOUD_PLATFORM), bareName).status())
                .isEqualTo(400);
    }

    @Test
    void theExchangeOfAStrangeOrOldSubjectTokenIsRefused() throws Exception {
        iap.writeFederationFile("build-7", target, folder);
        String subject = Files.readString(folder.resolve("subject-token.jwt"));
        assertThat(exchange(subject, federationAudience()).status()).isEqualTo(200);
        assertThat(exchange(subject, "//iam.googleapis.com/other").body()).contains("invalid_target");
        assertThat(exchange(iap.idToken("a@b.c", "x"), federationAudience()).body())
                .contains("invalid_grant");
        clock.advance(Duration.ofHours(24));
        assertThat(exchange(subject, federationAudience()).body()).contains("invalid_grant");
    }

    private String assertion(String audience, Duration lifetime, String claim, String value) {
        return Tokens.sign(
                iap,
                caller,
                new JWTClaimsSet.Builder()
                        .issuer(caller)
                        .audience(audience)
                        .claim(claim, value)
                        .issueTime(Date.from(clock.instant()))
                        .expirationTime(Date.from(clock.instant().plus(lifetime)))
                        .build());
    }

    private Reply ask(String assertion) throws IOException {
        return Requests.post(iap.tokenUri(), "grant_type=" + JWT_BEARER + "&assertion=" + assertion);
    }

    private String accessToken(String scope) throws IOException {
        return member(ask(assertion(iap.tokenUri().toString(), Duration.ofHours(1), "scope", scope)), "access_token");
    }

    private URI metadata(String path) {
        return URI.create("http://" + iap.metadataHost() + path);
    }

    private Reply identity(String query) throws IOException {
        URI uri = metadata("/computeMetadata/v1/instance/service-accounts/default/identity" + query);
        return Requests.get(uri, "Metadata-Flavor", "Google");
    }

    private Reply iam(String method, String token, Map<String, Object> body) throws IOException {
        URI uri = URI.create(iap.iamCredentialsUri() + "/v1/projects/-/serviceAccounts/" + target + ":" + method);
        return Requests.post(uri, JSONObjectUtils.toJSONString(body), "Authorization", "Bearer " + token);
    }

    private String federationAudience() throws Exception {
        return String.valueOf(JSONObjectUtils.parse(Files.readString(folder.resolve("federation.json")))
                .get("audience"));
    }

    private Reply exchange(String subjectToken, String audience) throws IOException {
        return Requests.post(
                iap.stsUri(),
                "grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
                        + "&requested_token_type=urn:ietf:params:oauth:token-type:access_token"
                        + "&subject_token_type=urn:ietf:params:oauth:token-type:jwt&subject_token=" + subjectToken
                        + "&audience=" + BrowserSessions.encode(audience) + "&scope=" + CLOUD_PLATFORM);
    }

    private static JWTClaimsSet claims(Reply reply) throws Exception {
        return SignedJWT.parse(reply.body()).getJWTClaimsSet();
    }

    private static String member(Reply reply, String name) throws IOException {
        try {
            return String.valueOf(JSONObjectUtils.parse(reply.body()).get(name));
        } catch (java.text.ParseException e) {
            throw new IOException(reply.body(), e);
        }
    }
}
