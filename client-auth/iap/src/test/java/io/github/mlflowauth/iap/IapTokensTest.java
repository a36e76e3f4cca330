package io.github.mlflowauth.iap;

import static io.github.mlflowauth.iap.FakeGoogle.account;
import static io.github.mlflowauth.iap.FakeGoogle.iam;
import static io.github.mlflowauth.iap.FakeGoogle.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BearerToken;
import io.github.mlflowauth.iap.FakeGoogle.Answer;
import io.github.mlflowauth.iap.FakeGoogle.Asked;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a token is made of each identity, and what is said when it can't be. */
class IapTokensTest {
    private static final URI SERVER = URI.create("https://mlflow.example.com");
    private static final String CLIENT_ID = "1-a.apps.googleusercontent.com";
    private static final String URL = "https://mlflow.example.com/*";
    private static final String SA = FakeGoogle.SERVICE_ACCOUNT;
    private static final String OTHER = "reader@demo.iam.gserviceaccount.com";
    private static final Clock CLOCK = Clock.fixed(Instant.now().truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC);

    private final FakeGoogle google = new FakeGoogle();
    private final List<Long> pauses = new ArrayList<>();

    IapTokensTest() throws IOException {}

    @AfterEach
    void stop() {
        google.close();
    }

    private IapTokens tokens(IapAuth auth) {
        return tokens(auth, CLOCK);
    }

    private IapTokens tokens(IapAuth auth, Clock clock) {
        AuthSettings settings = AuthSettings.of(SERVER, Map.of("MLFLOW_IAP_IAM_ENDPOINT", google.url()))
                .withClock(clock)
                .withEnvironment(Map.of("HOME", "/does/not/exist", "GCE_METADATA_HOST", google.host()));
        IapOptions options = new IapOptions(auth, settings);
        ClockDifference difference = new ClockDifference(clock);
        return new IapTokens(
                options.audience(),
                new IdentityFinder(options, settings, new GoogleHttp(difference)),
                difference,
                pauses::add);
    }

    private IapAuth withKey(String audience) {
        byte[] json = google.keyFile().toString().getBytes(StandardCharsets.UTF_8);
        return IapAuth.forAudience(audience).withKey(() -> new ByteArrayInputStream(json));
    }

    private static Answer idTokenAnswer(String token) {
        return Answer.ok("{\"id_token\":\"" + token + "\"}");
    }

    private static String form(Asked asked, String name) {
        for (String pair : asked.body().split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no " + name + " in " + asked.body());
    }

    @Test
    void aKeyFileIsExchangedForAnIdToken() throws Exception {
        String minted = FakeGoogle.idToken(CLIENT_ID, CLOCK);
        google.on("/token", idTokenAnswer(minted));

        BearerToken token = tokens(withKey(CLIENT_ID)).token();

        assertThat(token.value()).isEqualTo(minted);
        assertThat(token.expiresAt()).contains(CLOCK.instant().plusSeconds(3600));
        Asked asked = google.asked("/token").get(0);
        assertThat(form(asked, "grant_type")).isEqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer");
        String assertion = form(asked, "assertion");
        assertThat(FakeGoogle.isSigned(assertion)).isTrue();
        assertThat(part(assertion, 0).toString()).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
        assertThat(part(assertion, 1).get("aud").getAsString()).isEqualTo(google.url() + "/token");
        assertThat(part(assertion, 1).get("target_audience").getAsString()).isEqualTo(CLIENT_ID);
    }

    @Test
    void aKeyFileSignsForAUrlWithoutAnyCall() throws Exception {
        BearerToken token = tokens(withKey(URL)).token();

        assertThat(google.asked()).isEmpty();
        assertThat(FakeGoogle.isSigned(token.value())).isTrue();
        long now = CLOCK.instant().getEpochSecond();
        assertThat(part(token.value(), 1).toString())
                .isEqualTo("{\"iss\":\"" + SA + "\",\"sub\":\"" + SA + "\",\"aud\":\"" + URL + "\",\"iat\":"
                        + (now - 30) + ",\"exp\":" + (now + 3570) + "}");
    }

    @Test
    void theMetadataServerIsAskedForTheFullFormat() throws Exception {
        google.asMetadataServer().on(account("identity"), Answer.ok(FakeGoogle.idToken(CLIENT_ID, CLOCK)));

        tokens(IapAuth.forAudience(CLIENT_ID)).token();

        assertThat(google.asked(account("identity")).get(0).uri().getQuery())
                .isEqualTo("format=full&audience=" + CLIENT_ID);
    }

    @Test
    void aMachinesAccountHasAUrlTokenSignedForItself() throws Exception {
        JsonObject claims = SelfSignedClaims.of(SA, URL, CLOCK);
        google.asMetadataServer()
                .on(iam(SA, "signJwt"), Answer.ok("{\"signedJwt\":\"" + FakeGoogle.unsigned(claims) + "\"}"));

        tokens(IapAuth.forAudience(URL)).token();

        Asked asked = google.asked(iam(SA, "signJwt")).get(0);
        assertThat(asked.header("Authorization")).isEqualTo("Bearer metadata-access");
        JsonObject body = java.util.Objects.requireNonNull(Json.object(asked.body()));
        assertThat(body.keySet()).containsExactly("payload");
        assertThat(body.get("payload").getAsString()).isEqualTo(claims.toString());
    }

    @Test
    void impersonationAsksForAnIdTokenWithEmailThroughTheDelegates() throws Exception {
        google.asMetadataServer()
                .on(
                        iam(OTHER, "generateIdToken"),
                        Answer.ok("{\"token\":\"" + FakeGoogle.idToken(CLIENT_ID, CLOCK) + "\"}"));
        IapTokens tokens =
                tokens(IapAuth.forAudience(CLIENT_ID).impersonating(OTHER).throughDelegates(SA));

        tokens.token();

        assertThat(google.asked(iam(OTHER, "generateIdToken")).get(0).body())
                .isEqualTo("{\"delegates\":[\"projects/-/serviceAccounts/" + SA + "\"],\"audience\":\"" + CLIENT_ID
                        + "\",\"includeEmail\":true}");
        assertThat(tokens.identityName())
                .isEqualTo(OTHER + " (as which acts " + SA + " (metadata server " + google.host() + "))");
    }

    @Test
    void aKeyMayActAsAnotherAccountByAnAccessTokenOfItsOwn() throws Exception {
        google.on(
                        "/token",
                        Answer.ok("{\"access_token\":\"key-access\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"))
                .on(
                        iam(OTHER, "generateIdToken"),
                        Answer.ok("{\"token\":\"" + FakeGoogle.idToken(CLIENT_ID, CLOCK) + "\"}"));

        tokens(withKey(CLIENT_ID).impersonating(OTHER)).token();

        assertThat(google.asked(iam(OTHER, "generateIdToken")).get(0).header("Authorization"))
                .isEqualTo("Bearer key-access");
    }

    @Test
    void aUserWithAQuotaProjectPaysForTheCallOfTheIamApiOnly() throws Exception {
        String user =
                "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\",\"refresh_token\":\"r\","
                        + "\"quota_project_id\":\"payer\",\"token_uri\":\"" + google.url() + "/token\"}";
        GoogleHttp http = new GoogleHttp(new ClockDifference(CLOCK));
        google.on("/token", Answer.ok("{\"access_token\":\"user-access\",\"expires_in\":3600}"));
        com.google.auth.oauth2.UserCredentials credentials =
                (com.google.auth.oauth2.UserCredentials) com.google.auth.oauth2.UserCredentials.fromStream(
                                new ByteArrayInputStream(user.getBytes(StandardCharsets.UTF_8)),
                                () -> new GoogleTransport(http))
                        .toBuilder()
                        .setTokenServerUri(URI.create(google.url() + "/token"))
                        .build();

        assertThat(BorrowedIdentity.user(credentials, "gcloud file", http).accessHeaders())
                .containsEntry("Authorization", "Bearer user-access")
                .containsEntry("x-goog-user-project", "payer");
    }

    @Test
    void aFederatedWorkloadActsAsTheServiceAccountOfItsFile(@TempDir Path folder) throws Exception {
        Path subject = Files.writeString(folder.resolve("subject"), "subject-token");
        String json = "{\"type\":\"external_account\",\"audience\":\"//iam.googleapis.com/projects/1/locations/global/"
                + "workloadIdentityPools/p/providers/x\",\"subject_token_type\":\"urn:ietf:params:oauth:token-type:jwt\","
                + "\"token_url\":\"" + google.url() + "/sts\",\"credential_source\":{\"file\":\"" + subject
                + "\"},\"service_account_impersonation_url\":\"" + google.url() + "/v1/projects/-/serviceAccounts/" + SA
                + ":generateAccessToken\"}";
        google.on(
                        "/sts",
                        Answer.ok("{\"access_token\":\"sts-access\",\"issued_token_type\":"
                                + "\"urn:ietf:params:oauth:token-type:access_token\",\"token_type\":\"Bearer\","
                                + "\"expires_in\":3600}"))
                .on(
                        iam(SA, "generateIdToken"),
                        Answer.ok("{\"token\":\"" + FakeGoogle.idToken(CLIENT_ID, CLOCK) + "\"}"));

        tokens(IapAuth.forAudience(CLIENT_ID)
                        .withKey(() -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
                .token();

        assertThat(form(google.asked("/sts").get(0), "subject_token")).isEqualTo("subject-token");
        assertThat(google.asked(iam(SA, "generateIdToken")).get(0).header("Authorization"))
                .isEqualTo("Bearer sts-access");
        assertThat(google.asked())
                .as("no access token of the service account is asked for")
                .hasSize(2);
    }

    @Test
    void aFailingTokenServiceIsTriedThreeTimes() throws Exception {
        google.on("/token", Answer.status(503, "down"))
                .on("/token", Answer.status(429, "slow down"))
                .on("/token", idTokenAnswer(FakeGoogle.idToken(CLIENT_ID, CLOCK)));

        assertThat(tokens(withKey(CLIENT_ID)).token().value()).isNotEmpty();
        assertThat(pauses).hasSize(2).allSatisfy(millis -> assertThat(millis).isBetween(200L, 2000L));
    }

    @Test
    void afterThreeFailuresTheLastOneIsTold() {
        google.on("/token", Answer.status(503, "<html>down</html>"));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .isInstanceOf(IOException.class)
                .hasMessage("Google's token endpoint " + google.url() + "/token gave " + SA
                        + " (key that the program gave) no ID token (HTTP 503). Try again later.");
        assertThat(google.asked("/token")).hasSize(3);
    }

    @Test
    void aRefusedKeyIsNotTriedAgain() {
        google.on(
                "/token",
                Answer.status(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}"));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .hasMessageContaining(
                        "(HTTP 400: invalid_grant (Invalid JWT Signature.)). The key may have been deleted or"
                                + " disabled: see `gcloud iam service-accounts keys list`.");
        assertThat(google.asked("/token")).hasSize(1);
    }

    @Test
    void aClockThatIsTenMinutesOffIsNamedWhenTheKeyIsRefused() {
        Clock wrong = Clock.offset(CLOCK, Duration.ofMinutes(-10));
        google.on("/token", Answer.status(400, "{\"error\":\"invalid_grant\"}"));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID), wrong).token())
                .message()
                .matches(".* This machine's clock is 6\\d\\d s behind Google's: set it, for example by NTP\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Welcome to the hotel</html>", "a.b", "a.b.", "a.e30.x", "a.!!.x", "opaque"})
    void whatIsNoJwtIsToldByItsLengthOnly(String body) {
        google.asMetadataServer().on(account("identity"), Answer.ok(body));
        IapTokens tokens = tokens(IapAuth.forAudience(CLIENT_ID));

        assertThatThrownBy(tokens::token)
                .isInstanceOf(IOException.class)
                .message()
                .containsAnyOf(" characters): a proxy or captive portal may stand in between.", " has no expiry (exp)")
                .doesNotContain("hotel", "opaque");
    }

    @Test
    void anAnswerWithoutATokenIsTold() {
        google.on("/token", Answer.ok("<html>Welcome to the hotel</html>"));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .hasMessageContaining("answered without an ID token: a proxy or captive portal may stand in between.");
    }

    @Test
    void aTokenWithoutExpiryIsRefused() {
        JsonObject claims = new JsonObject();
        claims.addProperty("aud", CLIENT_ID);
        google.on("/token", idTokenAnswer(FakeGoogle.unsigned(claims)));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .hasMessageContaining("has no expiry (exp), so IAP would refuse it: a bug in the token service.");
    }

    @Test
    void aTokenExpiredOnArrivalIsRefused() {
        google.on("/token", idTokenAnswer(FakeGoogle.idToken(CLIENT_ID, CLOCK, Duration.ofSeconds(-90), true)));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .hasMessageContaining("had expired 90 s before it arrived. Check this machine's clock.");
    }

    @Test
    void anIdTokenWithoutEmailIsRefused() {
        google.on("/token", idTokenAnswer(FakeGoogle.idToken(CLIENT_ID, CLOCK, Duration.ofHours(1), false)));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .hasMessageContaining("has no email claim, so IAP would refuse it");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        google.on("/token", idTokenAnswer(FakeGoogle.idToken("2-b.apps.googleusercontent.com", CLOCK)));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token())
                .hasMessageContaining("is for another audience than " + CLIENT_ID);
    }

    @Test
    void aMissingRoleNamesBothSidesAndTheRole() {
        google.asMetadataServer()
                .on(
                        iam(OTHER, "generateIdToken"),
                        Answer.status(403, "{\"error\":{\"code\":403,\"message\":\"Permission denied\"}}"))
                .on(iam(OTHER, "signJwt"), Answer.status(403, ""));

        assertThatThrownBy(() -> tokens(IapAuth.forAudience(CLIENT_ID).impersonating(OTHER))
                        .token())
                .hasMessage("generateIdToken for " + OTHER + " failed (HTTP 403: Permission denied). " + SA
                        + " (metadata server " + google.host() + ") may not act as " + OTHER
                        + ": grant it roles/iam.serviceAccountOpenIdTokenCreator on that service account (changes take"
                        + " minutes), enable iamcredentials.googleapis.com, and on a virtual machine give it the access"
                        + " scope cloud-platform.");
        assertThatThrownBy(() ->
                        tokens(IapAuth.forAudience(URL).impersonating(OTHER)).token())
                .hasMessageContaining("grant it roles/iam.serviceAccountTokenCreator on that service account");
    }

    @Test
    void aRenewedKeyIsSeenAfterAFailureAndAfterARefusal() throws Exception {
        byte[] json = google.keyFile().toString().getBytes(StandardCharsets.UTF_8);
        AtomicInteger reads = new AtomicInteger();
        IapTokens tokens = tokens(IapAuth.forAudience(CLIENT_ID).withKey(() -> {
            reads.incrementAndGet();
            return new ByteArrayInputStream(json);
        }));
        google.on("/token", Answer.status(400, "")).on("/token", idTokenAnswer(FakeGoogle.idToken(CLIENT_ID, CLOCK)));

        assertThatThrownBy(tokens::token).isInstanceOf(IOException.class);
        BearerToken token = tokens.token();
        tokens.token();
        assertThat(reads).as("once before and once after the failure").hasValue(2);

        tokens.reject(token);
        tokens.token();
        assertThat(reads).hasValue(3);
    }

    @Test
    void aMissingServiceAccountIsTold() {
        google.asMetadataServer();

        assertThatThrownBy(() -> tokens(IapAuth.forAudience(CLIENT_ID).impersonating(OTHER))
                        .token())
                .hasMessageContaining("(HTTP 404: nothing scripted). Check that the service account exists");
    }

    @Test
    void aStaleAccessTokenIsFetchedAnew() throws Exception {
        google.asMetadataServer()
                .on(iam(OTHER, "generateIdToken"), Answer.status(401, ""))
                .on(
                        iam(OTHER, "generateIdToken"),
                        Answer.ok("{\"token\":\"" + FakeGoogle.idToken(CLIENT_ID, CLOCK) + "\"}"));

        tokens(IapAuth.forAudience(CLIENT_ID).impersonating(OTHER)).token();

        assertThat(google.asked(account("token"))).hasSize(2);
    }

    @Test
    void aRefusedAccessTokenOfTheSourceIsTold() {
        google.on("/token", Answer.status(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Bad key\"}"));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID).impersonating(OTHER)).token())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("There is no Google access token for " + SA
                        + " (key that the program gave) (HTTP 400: invalid_grant (Bad key)).")
                .hasNoCause();
    }

    @Test
    void aRedirectIsNotFollowed() {
        google.on("/token", Answer.status(302, "").with("Location", google.url() + "/elsewhere"));

        assertThatThrownBy(() -> tokens(withKey(CLIENT_ID)).token()).hasMessageContaining("(HTTP 302)");
        assertThat(google.asked("/elsewhere")).isEmpty();
    }

    @Test
    void anUnreachableEndpointNamesAddressAndProxySettings() throws IOException {
        IapAuth auth = withKey(CLIENT_ID);
        google.close();

        assertThatThrownBy(() -> tokens(auth).token())
                .hasMessageStartingWith("No answer from " + google.url() + "/token (ConnectException: ")
                .hasMessageEndingWith(
                        "Check the network, the proxy (HTTPS_PROXY and NO_PROXY, or the JVM's https.proxyHost;"
                                + " a password for it can't be used here) and the JVM's trust store.");
        assertThat(pauses).hasSize(2);
    }
}
