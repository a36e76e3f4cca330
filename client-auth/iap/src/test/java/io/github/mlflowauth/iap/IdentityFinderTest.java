package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.mlflowauth.auth.AuthSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityFinderTest {
    private static final URI SERVER = URI.create("https://mlflow.example.com");
    private static final String AUDIENCE = "1-a.apps.googleusercontent.com";
    private static final String SA = FakeGoogle.SERVICE_ACCOUNT;

    private final Map<String, String> environment = new HashMap<>();
    private final FakeGoogle google = new FakeGoogle();
    private final Path home;
    private IapAuth auth = IapAuth.forAudience(AUDIENCE);

    IdentityFinderTest(@TempDir Path home) throws IOException {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("NO_GCE_CHECK", "true");
    }

    @AfterEach
    void stop() {
        google.close();
    }

    private GoogleIdentity find() throws IOException {
        AuthSettings settings = AuthSettings.of(SERVER, Map.of()).withEnvironment(environment);
        GoogleHttp http = new GoogleHttp(new ClockDifference(Clock.systemUTC()));
        return new IdentityFinder(new IapOptions(auth, settings), settings, http).find();
    }

    private Path keyFile(String content) throws IOException {
        Path file = Files.writeString(home.resolve("key.json"), content);
        environment.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
        return file;
    }

    private void gcloudFile(String content) throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/gcloud"));
        Files.writeString(folder.resolve("application_default_credentials.json"), content);
    }

    private static String user() {
        return "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"topsecret\",\"refresh_token\":"
                + "\"topsecret\"}";
    }

    private static JsonObject federated() {
        JsonObject json = new JsonObject();
        json.addProperty("type", "external_account");
        json.addProperty(
                "audience", "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x");
        json.addProperty("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        json.addProperty("token_url", "https://sts.googleapis.com/v1/token");
        JsonObject source = new JsonObject();
        source.addProperty("file", "/var/run/token");
        json.add("credential_source", source);
        return json;
    }

    private static void fails(ThrowingCallable call, String... sentences) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("topsecret")
                .message()
                .contains(sentences);
    }

    @Test
    void theKeyFileOfTheEnvironmentGoesFirst() throws IOException {
        Path file = keyFile(google.keyFile().toString());
        gcloudFile("broken");

        assertThat(find().name()).isEqualTo(SA + " (key file of GOOGLE_APPLICATION_CREDENTIALS " + file + ")");
    }

    @Test
    void theKeyFileOfTheCodeGoesBeforeAll() throws IOException {
        Path file =
                Files.writeString(home.resolve("mine.json"), google.keyFile().toString());
        keyFile("broken");
        auth = auth.withKeyFile(file);

        assertThat(find().name()).isEqualTo(SA + " (key file " + file + ")");
    }

    @Test
    void aKeyMayComeAsAStream() throws IOException {
        String json = google.keyFile().toString();
        auth = auth.withKey(
                () -> new java.io.ByteArrayInputStream(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(find().name()).isEqualTo(SA + " (key that the program gave)");
    }

    @Test
    void gcloudsFileIsFoundAtHomeOrInItsOwnFolder() throws IOException {
        gcloudFile(google.keyFile().toString());
        assertThat(find().name()).startsWith(SA + " (gcloud file " + home);

        environment.put("CLOUDSDK_CONFIG", home.resolve("elsewhere").toString());
        fails(
                this::find,
                "gcloud file " + home.resolve("elsewhere/application_default_credentials.json") + ": not there");
    }

    @Test
    void theMetadataServerComesLast() throws IOException {
        google.asMetadataServer();
        environment.remove("NO_GCE_CHECK");
        environment.put("GCE_METADATA_HOST", google.host());

        assertThat(find().name()).isEqualTo(SA + " (metadata server " + google.host() + ")");
        assertThat(google.asked())
                .allMatch(asked -> asked.header("Metadata-flavor").equals("Google"));
    }

    @Test
    void withoutAnyCredentialsTheSearchIsTold() {
        fails(
                this::find,
                "No Google credentials found (looked at GOOGLE_APPLICATION_CREDENTIALS: not set; gcloud file " + home
                        + "/.config/gcloud/application_default_credentials.json: not there; metadata server"
                        + " 169.254.169.254: skipped because of NO_GCE_CHECK). Run `gcloud auth application-default login"
                        + " --impersonate-service-account=SA` or set a key file.");
    }

    @Test
    void aMetadataAddressThatAcceptsAndIsSilentCostsSecondsOnly() throws IOException {
        environment.remove("NO_GCE_CHECK");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            environment.put("GCE_METADATA_HOST", "127.0.0.1:" + silent.getLocalPort());
            long start = System.nanoTime();

            fails(this::find, "metadata server 127.0.0.1:" + silent.getLocalPort() + ": no answer");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void anotherServerAtTheMetadataAddressIsNone() {
        environment.remove("NO_GCE_CHECK");
        environment.put("GCE_METADATA_HOST", google.host());
        google.on("/", FakeGoogle.Answer.ok("hello"));

        fails(this::find, "metadata server " + google.host() + ": no answer");
    }

    @Test
    void aMachineWithoutServiceAccountIsTold() {
        environment.remove("NO_GCE_CHECK");
        environment.put("GCE_METADATA_HOST", google.host());
        google.on("/", FakeGoogle.Answer.ok("").with("Metadata-Flavor", "Google"));

        fails(
                this::find,
                "gave no service account's name (HTTP 404: nothing scripted). Attach a service account to this machine,"
                        + " or set GOOGLE_APPLICATION_CREDENTIALS.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://metadata", "a b", "host:port", "host/path"})
    void aMetadataHostOfTheWrongFormIsTold(String host) {
        environment.remove("NO_GCE_CHECK");
        environment.put("GCE_METADATA_HOST", host);

        fails(this::find, "GCE_METADATA_HOST must be HOST or HOST:PORT, without http://.");
    }

    @Test
    void aMissingKeyFileIsNamed() {
        environment.put("GOOGLE_APPLICATION_CREDENTIALS", "/does/not/exist.json");

        fails(
                this::find,
                "The key file of GOOGLE_APPLICATION_CREDENTIALS /does/not/exist.json can't be read"
                        + " (NoSuchFileException). Check that it exists and that this process may read it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topsecret", "[\"topsecret\"]", "{\"private_key\":\"topsecret"})
    void aKeyFileThatIsNoJsonObjectIsTold(String content) throws IOException {
        keyFile(content);

        fails(this::find, "key.json is no JSON object. Make a new one: `gcloud iam service-accounts keys create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "client_email", "private_key", "private_key_id"})
    void aKeyFileThatLacksSomethingSaysWhat(String member) throws IOException {
        JsonObject key = google.keyFile();
        key.remove(member);
        keyFile(key.toString());

        fails(this::find, "key.json is broken (it lacks " + member + "). Make a new one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topsecret",
                "-----BEGIN PRIVATE KEY-----\ntopsecret\n-----END PRIVATE KEY-----",
                "-----BEGIN X-----"
            })
    void aPrivateKeyThatIsNoneIsTold(String pem) throws IOException {
        JsonObject key = google.keyFile();
        key.addProperty("private_key", pem);
        keyFile(key.toString());

        fails(this::find, "key.json is broken (its private_key can't be read).");
    }

    @Test
    void aTokenAddressThatIsNotSafeIsRefused() throws IOException {
        JsonObject key = google.keyFile();
        key.addProperty("token_uri", "http://evil.example.com/token");
        keyFile(key.toString());

        fails(this::find, "key.json is broken (its token_uri must be an https URL).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"gdch_service_account\"}", "{\"type\":7}"})
    void credentialsOfAnotherTypeAreRefused(String content) throws IOException {
        keyFile(content);

        fails(this::find, "key.json holds credentials of ", "Make a new one");
    }

    @Test
    void aUsersLoginIsRefusedForATokenButMayActAsAServiceAccount() throws IOException {
        gcloudFile(user());

        fails(
                () -> find().token(IapAudience.parse(AUDIENCE, SERVER)),
                "Application Default Credentials are a user's (gcloud file ",
                "Google ignores the audience for user credentials, so IAP would refuse the token.",
                "MLFLOW_IAP_IMPERSONATE=SA@PROJECT.iam.gserviceaccount.com, or impersonating(\"SA@…\") in code (you need"
                        + " roles/iam.serviceAccountOpenIdTokenCreator on it).");
        auth = auth.impersonating(SA);
        assertThat(find().name()).startsWith(SA + " (as which acts a user (gcloud file ");
    }

    @Test
    void aFederatedWorkloadNeedsAServiceAccount() throws IOException {
        keyFile(federated().toString());

        fails(
                () -> find().token(IapAudience.parse("https://mlflow.example.com/*", SERVER)),
                "Application Default Credentials are a federated workload's without a service account (",
                "you need roles/iam.serviceAccountTokenCreator on it");
    }

    @Test
    void aFederatedWorkloadActsAsTheServiceAccountOfItsFile() throws IOException {
        JsonObject json = federated();
        json.addProperty(
                "service_account_impersonation_url",
                "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + SA + ":generateAccessToken");
        keyFile(json.toString());

        assertThat(find().name()).startsWith(SA + " (as which acts a federated workload (");
    }

    @Test
    void anImpersonationFileIsFollowed() throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("type", "impersonated_service_account");
        json.addProperty(
                "service_account_impersonation_url",
                "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + SA + ":generateAccessToken");
        json.add("source_credentials", Json.object(user()));
        gcloudFile(json.toString());

        assertThat(find().name()).startsWith(SA + " (as which acts a user (gcloud file ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"impersonated_service_account\"}",
                "{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":\"https://x/y\"}",
                "{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":"
                        + "\"http://x/v1/projects/-/serviceAccounts/a@b:generateAccessToken\"}",
                "{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":"
                        + "\"https://x/v1/projects/-/serviceAccounts/a@b:generateAccessToken\"}"
            })
    void anImpersonationFileThatLacksSomethingSaysSo(String content) throws IOException {
        gcloudFile(content);

        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gcloud file")
                .message()
                .containsAnyOf("Make a new one", "must be an https URL");
    }
}
