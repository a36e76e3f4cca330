package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.JwtClaims;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.auth.BearerAuth;
import io.github.mlflowauth.auth.BearerToken;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.auth.TokenSource;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client would do that left something out: the emulator refuses each of these tokens, so that it would not let
 * such a mistake of ours pass. The same client with the token made as it should be gets through.
 */
class IapMutationsTest {
    private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";

    private final EmulatedIap iap = new EmulatedIap();
    private final IapEmulator google = iap.emulator();
    private final GoogleHttp http = new GoogleHttp(new ClockDifference(Clock.systemUTC()));
    private final String trainer = iap.account("trainer");
    private final Path folder;

    IapMutationsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        google.metadataAccount(trainer);
        google.grantRole(trainer, Role.TOKEN_CREATOR, trainer);
    }

    @AfterEach
    void stop() {
        iap.close();
    }

    private String metadata(String what) throws IOException {
        URI uri = URI.create("http://" + google.metadataHost() + ACCOUNT + what);
        return http.get(uri, Map.of("Metadata-Flavor", "Google")).text();
    }

    private String accessToken() throws IOException {
        return new MetadataServer(google.metadataHost(), http).accessToken();
    }

    private String generateIdToken(String body) throws IOException {
        URI uri = URI.create(
                google.iamCredentialsUri() + "/v1/projects/-/serviceAccounts/" + trainer + ":generateIdToken");
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + accessToken(), "Content-Type", "application/json");
        return http.post(uri, headers, body.getBytes(StandardCharsets.UTF_8))
                .member("token")
                .orElseThrow();
    }

    private String signedByTheKey(String audience) throws IOException {
        try (InputStream key = Files.newInputStream(google.writeKeyFile(trainer, folder))) {
            JwtClaims claims = JwtClaims.newBuilder()
                    .setIssuer(trainer)
                    .setSubject(trainer)
                    .setAudience(audience)
                    .build();
            Map<String, List<String>> headers = ServiceAccountCredentials.fromStream(key)
                    .jwtWithClaims(claims)
                    .getRequestMetadata(google.uri());
            return String.join("", headers.getOrDefault("Authorization", List.of()))
                    .substring("Bearer ".length());
        }
    }

    private void passes(TokenSource source) {
        try (AuthMlflowClient client = iap.client(BearerAuth.from(source))) {
            assertThat(client.createExperiment("x")).isEqualTo("7");
        }
    }

    /** Refused, and explained by our module as if it had made the token. */
    private void isRefused(TokenSource source, String sentence) {
        RequestAuth gate = new RequestAuth() {
            private final RequestAuth sends = BearerAuth.from(source);
            private final RequestAuth explains =
                    iap.auth(IapAuth.forAudience(google.clientId()), Map.of("NO_GCE_CHECK", "true"));

            @Override
            public Map<String, String> headers(io.github.mlflowauth.auth.AuthRequest request) throws IOException {
                return sends.headers(request);
            }

            @Override
            public java.util.Optional<String> explain(io.github.mlflowauth.auth.Refusal refusal) {
                return explains.explain(refusal);
            }
        };
        try (AuthMlflowClient client = iap.client(gate)) {
            assertThatThrownBy(() -> client.createExperiment("x")).hasMessageContaining(sentence);
        }
        assertThat(iap.arrived()).isEmpty();
    }

    @Test
    void theTokenAsItShouldBePasses() {
        passes(() -> BearerToken.of(metadata("identity?format=full&audience=" + google.clientId())));
        passes(() ->
                BearerToken.of(generateIdToken("{\"audience\":\"" + google.clientId() + "\",\"includeEmail\":true}")));
        passes(() -> BearerToken.of(signedByTheKey(google.urlAudience())));
    }

    @Test
    void withoutTheFullFormat() {
        isRefused(
                () -> BearerToken.of(metadata("identity?audience=" + google.clientId())),
                "IAP says the ID token has no email claim");
    }

    @Test
    void withoutIncludeEmail() {
        isRefused(
                () -> BearerToken.of(generateIdToken("{\"audience\":\"" + google.clientId() + "\"}")),
                "IAP says the ID token has no email claim");
    }

    @Test
    void theAccessTokenInsteadOfTheIdToken() {
        isRefused(() -> BearerToken.of(accessToken()), "Unable to parse JWT");
    }

    @Test
    void theAudienceOfTheAssertion() {
        isRefused(
                () -> BearerToken.of(
                        generateIdToken("{\"audience\":\"/projects/1234567890/apps/emulated\",\"includeEmail\":true}")),
                "IAP refused audience");
    }

    @Test
    void theKeysAssertionItself() {
        isRefused(() -> BearerToken.of(signedByTheKey(google.tokenUri().toString())), "IAP refused audience");
    }

    @Test
    void aSelfSignedTokenForTheClientId() {
        isRefused(() -> BearerToken.of(signedByTheKey(google.clientId())), "IAP refused audience");
    }
}
