package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.auth.Refusal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IapRefusalTest {
    private static final URI ASKED = URI.create("https://mlflow.example.com/api/2.0/mlflow/runs/create");
    private static final String SA = "sa@p.iam.gserviceaccount.com (key file /k.json)";
    private static final IapAudience CLIENT_ID = IapAudience.parse("1-a.apps.googleusercontent.com", ASKED);
    private static final IapAudience URL = IapAudience.parse("https://mlflow.example.com/*", ASKED);
    private static final ClockDifference CLOCK =
            new ClockDifference(Clock.fixed(Instant.parse("2026-11-24T12:10:00Z"), ZoneOffset.UTC));

    private static Refusal refusal(int status, String body, String... headers) {
        Map<String, List<String>> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], List.of(headers[i + 1]));
        }
        return Refusal.of(ASKED, status, map, body, Map.of("Authorization", "Bearer secret-token"));
    }

    private static Refusal iap(int status, String body, String... headers) {
        Map<String, List<String>> map =
                new HashMap<>(refusal(status, body, headers).headers());
        map.put("X-Goog-IAP-Generated-Response", List.of("true"));
        return Refusal.of(ASKED, status, map, body, Map.of("Authorization", "Bearer secret-token"));
    }

    private static Optional<String> explain(Refusal refusal, IapAudience audience) {
        return IapRefusal.of(refusal).explain(SA, audience, CLOCK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|Invalid IAP credentials: empty token|true",
                "401|Invalid IAP credentials: Unable to parse JWT|true",
                "401|Invalid IAP credentials: JWT signature is invalid|true",
                "401|OpenID Connect token expired: JWT has expired|true",
                "302|Invalid IAP credentials: empty token|true",
                "401|Invalid IAP credentials: Invalid bearer token. Invalid JWT audience.|false",
                "401|Invalid IAP credentials: JWT audience doesn't match this application ('aud' claim (x) doesn't match expected value (y))|false",
                "401|Invalid IAP credentials: JWT 'email' claim isn't a string|false",
                "403|You don't have access|false"
            })
    void aNewTokenMayHelpOnlyAgainstWhatIsAboutThisToken(int status, String body, boolean helps) {
        assertThat(IapRefusal.of(iap(status, body)).mayPassWithNewToken()).isEqualTo(helps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"error_code\":\"UNAUTHENTICATED\"}",
                "401|<html>Invalid IAP credentials</html>",
                "403|Permission denied",
                "302|moved"
            })
    void withoutIapsMarksTheRefusalIsNotIaps(int status, String body) {
        Refusal apps = refusal(status, body, "Location", "/login");

        assertThat(IapRefusal.of(apps).mayPassWithNewToken()).isFalse();
        assertThat(explain(apps, CLIENT_ID)).isEmpty();
    }

    @Test
    void aRedirectToGooglesSignInIsAMarkByItself() {
        Refusal redirect =
                refusal(302, "", "Location", "https://accounts.google.com/o/oauth2/v2/auth?client_id=c-1&x=y");

        assertThat(IapRefusal.of(redirect).mayPassWithNewToken()).isTrue();
        assertThat(explain(redirect, CLIENT_ID).orElseThrow())
                .startsWith("IAP saw no token in the request (token of " + SA + ", audience " + CLIENT_ID
                        + "): something" + " between this process and IAP removes the Authorization header")
                .endsWith("(IAP's sign-in uses client ID c-1.)");
    }

    @Test
    void aRedirectElsewhereNamesTheOtherHost() {
        Refusal redirect = refusal(302, "", "Location", "https://sso.example.org/login?token=secret");

        assertThat(IapRefusal.of(redirect).mayPassWithNewToken()).isFalse();
        assertThat(explain(redirect, CLIENT_ID))
                .contains(
                        "mlflow.example.com answered with a redirect to sso.example.org, as to a sign-in page, and not"
                                + " as IAP does: wrong tracking URI, or a proxy in between.");
    }

    @Test
    void wrongAudienceOfAnIdToken() {
        assertThat(explain(iap(401, "Invalid IAP credentials: Invalid bearer token. Invalid JWT audience."), CLIENT_ID))
                .contains("IAP refused audience 1-a.apps.googleusercontent.com. If the app uses its own OAuth client,"
                        + " pass that client ID; with a Google-managed client pass https://mlflow.example.com/* or add"
                        + " 1-a.apps.googleusercontent.com to programmaticClients.");
    }

    @Test
    void theOlderWordingAlsoSaysWhatIsExpected() {
        String body = "Invalid IAP credentials: JWT audience doesn't match this application ('aud' claim (x) doesn't"
                + " match expected value (2-b.apps.googleusercontent.com))";

        assertThat(explain(iap(401, body), CLIENT_ID).orElseThrow())
                .endsWith("(IAP expects 2-b.apps.googleusercontent.com.)");
    }

    @Test
    void wrongAudienceOfASelfSignedToken() {
        assertThat(explain(iap(401, "Invalid IAP credentials: Invalid bearer token. Invalid JWT audience."), URL)
                        .orElseThrow())
                .startsWith("IAP refused audience https://mlflow.example.com/*. It must be the URL under which IAP");
    }

    @Test
    void missingEmail() {
        assertThat(explain(iap(401, "Invalid IAP credentials: JWT 'email' claim isn't a string"), CLIENT_ID))
                .contains("IAP says the ID token has no email claim (token of " + SA + ", audience " + CLIENT_ID
                        + "); this is a bug in the token source (format=full / includeEmail).");
    }

    @Test
    void expiredComparesTheClocks() {
        String body = "OpenID Connect token expired: JWT has expired";

        assertThat(explain(refusal(401, body, "Date", "Tue, 24 Nov 2026 12:00:00 GMT"), CLIENT_ID))
                .contains("IAP says the token has expired (token of " + SA + ", audience " + CLIENT_ID
                        + "); the local clock differs from Google's by 600 s. This machine's clock is 600 s ahead of"
                        + " Google's: set it, for example by NTP.");
        assertThat(explain(refusal(401, body, "Date", "garbage"), CLIENT_ID).orElseThrow())
                .endsWith("; compare the local clock with Google's.");
    }

    @Test
    void forbiddenNamesTheIdentityAndTheRole() {
        assertThat(explain(iap(403, "Access denied"), CLIENT_ID).orElseThrow())
                .startsWith("IAP knows " + SA
                        + ", but it lacks roles/iap.httpsResourceAccessor on this app (changes take" + " minutes).");
    }

    @Test
    void anythingElseIsQuotedWithoutWhatMayBeAToken() {
        String jwt = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJ4IiwiZXhwIjoxfQ.c2lnbmF0dXJlc2lnbmF0dXJl";
        String body = "Invalid IAP credentials: JWT signature is invalid\r\n " + jwt;

        assertThat(explain(iap(401, body), CLIENT_ID).orElseThrow())
                .contains("saying: \"Invalid IAP credentials: JWT signature is invalid ***\".")
                .doesNotContain("eyJ", "\n");
    }

    @Test
    void noExplanationHoldsTheToken() {
        for (int status : new int[] {302, 401, 403}) {
            assertThat(explain(iap(status, "Invalid IAP credentials"), CLIENT_ID)
                            .orElseThrow())
                    .doesNotContain("secret-token");
        }
    }
}
