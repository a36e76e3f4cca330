package io.github.mlflowauth.testkit.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.IdTokenCredentials;
import com.google.auth.oauth2.IdTokenProvider;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.JwtClaims;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.github.mlflowauth.testkit.iap.Requests.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's own client against the emulator: what it does right passes, what it leaves out is refused. */
class GoogleClientTest {
    private static final List<String> CLOUD_PLATFORM = List.of("https://www.googleapis.com/auth/cloud-platform");

    @TempDir
    Path folder;

    private EchoApp app;
    private IapEmulator iap;
    private String account;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        iap = IapEmulator.builder().upstream(app.uri()).start();
        account = iap.addServiceAccount("trainer");
        iap.grantAccess(account);
    }

    @AfterEach
    void stop() {
        iap.close();
        app.close();
    }

    @Test
    void aKeyFilePasses() throws IOException {
        assertPasses(idToken(keyFile(), iap.clientId()));
        assertThat(iap.requests(Face.TOKEN)).isEqualTo(1);
        assertThat(iap.tokensMade()).isEqualTo(1);
    }

    @Test
    void aKeyFilePassesWithASelfSignedTokenAndNoTokenService() throws IOException {
        JwtClaims claims = JwtClaims.newBuilder().setAudience(iap.urlAudience()).build();
        assertThat(send(keyFile().jwtWithClaims(claims).getRequestMetadata(null))
                        .status())
                .isEqualTo(201);
        assertThat(iap.requests(Face.TOKEN)).isZero();
    }

    @Test
    void aKeyFileWithTheApplicationsOwnAudienceIsRefused() throws IOException {
        String token = idToken(keyFile(), "/projects/1234567890/apps/emulated-project");
        assertThat(withToken(token).body())
                .isEqualTo("Invalid IAP credentials: Invalid bearer token. Invalid JWT audience.");
    }

    @Test
    void anAccessTokenIsRefused() throws IOException {
        String token =
                keyFile().createScoped(CLOUD_PLATFORM).refreshAccessToken().getTokenValue();
        assertThat(withToken(token).body()).isEqualTo("Invalid IAP credentials: Unable to parse JWT");
    }

    @Test
    void aKeyThatWasReplacedGetsNoToken() throws IOException {
        ServiceAccountCredentials credentials = keyFile();
        iap.replaceKey(account);
        assertThatThrownBy(() -> idToken(credentials, iap.clientId())).hasMessageContaining("Invalid JWT Signature.");
    }

    @Test
    void theMetadataServersFullFormatPasses() throws IOException {
        assertPasses(idToken(machine(), iap.clientId(), IdTokenProvider.Option.FORMAT_FULL));
    }

    @Test
    void theMetadataServersStandardFormatIsRefused() throws IOException {
        assertThat(withToken(idToken(machine(), iap.clientId())).body())
                .isEqualTo("Invalid IAP credentials: JWT 'email' claim isn't a string");
    }

    @Test
    void theMetadataServerGivesTheSameTokenAgain() throws IOException {
        String first = idToken(machine(), iap.clientId(), IdTokenProvider.Option.FORMAT_FULL);
        assertThat(idToken(machine(), iap.clientId(), IdTokenProvider.Option.FORMAT_FULL))
                .isEqualTo(first);
        assertThat(iap.tokensMade()).isEqualTo(1);
    }

    @Test
    void anImpersonatedAccountPassesWithItsEmailAndIsRefusedWithoutIt() throws IOException {
        String target = iap.addServiceAccount("target");
        iap.grantAccess(target);
        iap.grantRole(account, Role.OPEN_ID_TOKEN_CREATOR, target);
        assertPasses(idToken(actingAs(target), iap.clientId(), IdTokenProvider.Option.INCLUDE_EMAIL));
        assertThat(withToken(idToken(actingAs(target), iap.clientId())).body())
                .isEqualTo("Invalid IAP credentials: JWT 'email' claim isn't a string");
    }

    @Test
    void whoMayNotActAsAnAccountGetsNoTokenOfIt() {
        String target = iap.addServiceAccount("target");
        assertThatThrownBy(() -> idToken(actingAs(target), iap.clientId()))
                .hasMessageContaining("Permission 'iam.serviceAccounts.getOpenIdToken' denied on resource");
    }

    @Test
    void theNarrowerRoleGivesNoAccessToken() throws IOException {
        String target = iap.addServiceAccount("target");
        iap.grantRole(account, Role.OPEN_ID_TOKEN_CREATOR, target);
        assertThatThrownBy(() -> actingAs(target).refreshAccessToken())
                .hasStackTraceContaining("Permission 'iam.serviceAccounts.getAccessToken' denied");
        iap.grantRole(account, Role.TOKEN_CREATOR, target);
        assertThat(actingAs(target).refreshAccessToken().getTokenValue()).startsWith("ya29.");
    }

    @Test
    void aPersonsTokenIsForGcloudWhateverAudienceIsAskedFor() throws IOException {
        iap.grantAccess("person@example.com");
        Path file = iap.writeUserFile("person@example.com", folder);
        try (InputStream in = Files.newInputStream(file)) {
            String token = idToken(UserCredentials.fromStream(in), iap.clientId());
            assertThat(withToken(token).body())
                    .isEqualTo("Invalid IAP credentials: Invalid bearer token. Invalid JWT audience.");
        }
    }

    @Test
    void aFederatedWorkloadActsAsItsServiceAccount() throws IOException {
        iap.grantRole(iap.federatedPrincipal("build-7"), Role.WORKLOAD_IDENTITY_USER, account);
        AccessToken token = federated(iap.writeFederationFile("build-7", account, folder));
        assertThat(token.getTokenValue()).startsWith("ya29.");
        assertThat(iap.requests(Face.STS)).isEqualTo(1);
    }

    @Test
    void aStrangeWorkloadMayNot() {
        Path file = iap.writeFederationFile("someone-else", account, folder);
        assertThatThrownBy(() -> federated(file))
                .hasStackTraceContaining("Permission 'iam.serviceAccounts.getAccessToken' denied");
    }

    /** The library insists on https for these addresses, so it is given the real ones and its requests are redirected. */
    private AccessToken federated(Path file) throws IOException {
        String text = Files.readString(file)
                .replace("\\/", "/")
                .replace(iap.stsUri().toString(), "https://sts.googleapis.com/v1/token")
                .replace(iap.iamCredentialsUri().toString(), "https://iamcredentials.googleapis.com");
        HttpTransport transport = new NetHttpTransport.Builder()
                .setConnectionFactory(url -> (HttpURLConnection) URI.create(url.toString()
                                .replace(
                                        "https://sts.googleapis.com/v1/token",
                                        iap.stsUri().toString())
                                .replace(
                                        "https://iamcredentials.googleapis.com",
                                        iap.iamCredentialsUri().toString()))
                        .toURL()
                        .openConnection())
                .build();
        try (InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            return ExternalAccountCredentials.fromStream(in, () -> transport)
                    .createScoped(CLOUD_PLATFORM)
                    .refreshAccessToken();
        }
    }

    private ServiceAccountCredentials keyFile() throws IOException {
        try (InputStream in = Files.newInputStream(iap.writeKeyFile(account, folder))) {
            return ServiceAccountCredentials.fromStream(in);
        }
    }

    /** The library takes the metadata server's address from the environment only, so its requests are redirected. */
    private ComputeEngineCredentials machine() {
        iap.metadataAccount(account);
        return ComputeEngineCredentials.newBuilder()
                .setHttpTransportFactory(redirected("http://metadata.google.internal", "http://" + iap.metadataHost()))
                .build();
    }

    private ImpersonatedCredentials actingAs(String target) throws IOException {
        return ImpersonatedCredentials.newBuilder()
                .setSourceCredentials(keyFile().createScoped(CLOUD_PLATFORM))
                .setTargetPrincipal(target)
                .setScopes(CLOUD_PLATFORM)
                .setHttpTransportFactory(redirected(
                        "https://iamcredentials.googleapis.com",
                        iap.iamCredentialsUri().toString()))
                .build();
    }

    private static HttpTransportFactory redirected(String from, String to) {
        HttpTransport transport = new NetHttpTransport.Builder()
                .setConnectionFactory(url -> (HttpURLConnection)
                        URI.create(url.toString().replace(from, to)).toURL().openConnection())
                .build();
        return () -> transport;
    }

    private static String idToken(IdTokenProvider provider, String audience, IdTokenProvider.Option... options)
            throws IOException {
        IdTokenCredentials credentials = IdTokenCredentials.newBuilder()
                .setIdTokenProvider(provider)
                .setTargetAudience(audience)
                .setOptions(List.of(options))
                .build();
        credentials.refresh();
        return credentials.getIdToken().getTokenValue();
    }

    private void assertPasses(String token) throws IOException {
        Reply reply = withToken(token);
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }

    private Reply withToken(String token) throws IOException {
        return Requests.get(iap.uri(), "Authorization", "Bearer " + token);
    }

    private Reply send(Map<String, List<String>> headers) throws IOException {
        return Requests.get(
                iap.uri(), "Authorization", headers.get("Authorization").get(0));
    }
}
