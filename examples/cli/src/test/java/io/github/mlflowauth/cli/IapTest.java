package io.github.mlflowauth.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.IapEmulatorExtension;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code token} and {@code doctor} behind Identity-Aware Proxy. */
class IapTest {
    @RegisterExtension
    static final WireMockExtension APP = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    final IapEmulatorExtension proxy =
            IapEmulatorExtension.with(() -> IapEmulator.builder().upstream(URI.create(APP.baseUrl())));

    @TempDir
    Path folder;

    private IapEmulator iap;
    private String account = "";
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void aServerBehindTheProxyAndAnAccountThatMayPass() {
        APP.stubFor(get(urlPathEqualTo("/health")).willReturn(aResponse().withBody("OK")));
        APP.stubFor(get(urlPathEqualTo("/version")).willReturn(aResponse().withBody("3.17.2")));
        APP.stubFor(get(urlPathEqualTo("/api/2.0/mlflow/experiments/search")).willReturn(okJson("{}")));
        APP.stubFor(get(urlPathEqualTo("/api/2.0/mlflow-artifacts/artifacts")).willReturn(okJson("{}")));
        iap = proxy.emulator();
        account = iap.addServiceAccount("trainer");
        iap.grantAccess(account);
        environment = iap.environmentWithKeyFile(account, folder);
    }

    @Test
    void theDoctorNamesIdentityAndModeAndFindsNothingWrong() {
        Cli.Result result = cli().run("doctor", "--iap-audience", iap.clientId());

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.line("identity")).startsWith("ok").contains(account, "ID token", iap.clientId());
        assertThat(result.line("gate")).contains("Identity-Aware Proxy", "hint only");
        assertThat(result.line("auth")).startsWith("ok");
        assertThat(result.line("version")).contains("3.17.2");
    }

    @Test
    void theDoctorTellsASelfSignedTokenApart() {
        Cli.Result result = cli().run("doctor", "--iap-audience", iap.urlAudience());

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.line("identity")).contains("signs itself", iap.urlAudience());
    }

    @Test
    void theDoctorNamesTheRoleThatIsMissing() {
        iap.revokeAccess(account);

        Cli.Result result = cli().run("doctor", "--iap-audience", iap.clientId());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("identity")).startsWith("ok");
        assertThat(result.line("auth")).startsWith("PROBLEM").contains("roles/iap.httpsResourceAccessor", account);
    }

    @Test
    void theDoctorSaysThatTheAudienceIsWrongAndGoesOnWithWhatItCan() {
        Cli.Result result = cli().run("doctor", "--iap-audience", "999-other.apps.googleusercontent.com");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("auth")).startsWith("PROBLEM").contains("audience");
        assertThat(result.line("version")).startsWith("-");
    }

    @Test
    void theDoctorSaysThatThereIsNoIdentity() {
        environment = Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS", folder.resolve("gone.json").toString(), "NO_GCE_CHECK", "true");

        Cli.Result result = cli().run("doctor", "--iap-audience", iap.clientId());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("identity")).startsWith("PROBLEM").contains("gone.json");
        assertThat(result.line("gate")).startsWith("ok");
        assertThat(result.line("auth")).startsWith("-");
    }

    @Test
    void theTokenIsShownWithoutItsSignature() throws Exception {
        Cli.Result result = cli().run("token", "--iap-audience", iap.clientId(), "--json");

        assertThat(result.exitCode()).as(result.all()).isZero();
        JsonNode root = new ObjectMapper().readTree(result.out());
        assertThat(root.fieldNames())
                .toIterable()
                .containsExactly("identity", "audience", "kind", "expires_at", "header", "claims");
        assertThat(root.get("kind").asText()).isEqualTo("id_token");
        assertThat(root.get("claims").get("email").asText()).isEqualTo(account);
        assertThat(root.get("claims").get("aud").asText()).isEqualTo(iap.clientId());
        assertThat(result.out()).doesNotContain("eyJ");
    }

    @Test
    void theTokenInWordsHasNoSignatureEither() {
        Cli.Result result = cli().run("token", "--iap-audience", iap.urlAudience());

        assertThat(result.out())
                .contains("signed by the service account itself", account, "claims")
                .doesNotContain("eyJ");
    }

    @Test
    void theRawTokenIsAllThatIsPrintedAndGetsThrough() {
        Cli.Result token = cli().run("token", "--raw", "--iap-audience", iap.clientId());
        assertThat(token.out().strip()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(token.err()).isEmpty();

        Cli.Result listed = new Cli()
                .env("MLFLOW_TRACKING_URI", iap.uri().toString())
                .env("MLFLOW_TRACKING_TOKEN", token.out().strip())
                .run("doctor");

        assertThat(listed.line("auth")).startsWith("ok");
    }

    @Test
    void anOlderTokenInTheEnvironmentDoesNotHinderANewOne() {
        Cli.Result result = cli().env("MLFLOW_TRACKING_TOKEN", "expired")
                .env("MLFLOW_IAP_AUDIENCE", iap.clientId())
                .env("MLFLOW_TRACKING_AUTH", "iap")
                .run("token", "--raw");

        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    @Test
    void withoutAnAudienceTheErrorNamesIt() {
        Cli.Result result = cli().run("token");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("MLFLOW_IAP_AUDIENCE");
    }

    @Test
    void aBrokenKeyFileEndsWithOneAndIsNotQuoted() throws Exception {
        Path key = Files.writeString(folder.resolve("broken.json"), "{\"private_key\": \"topsecret\"");
        environment = Map.of("GOOGLE_APPLICATION_CREDENTIALS", key.toString(), "NO_GCE_CHECK", "true");

        Cli.Result result = cli().run("token", "--iap-audience", iap.clientId());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("broken.json");
        assertThat(result.all()).doesNotContain("topsecret");
    }

    private Cli cli() {
        Cli cli = new Cli().env("MLFLOW_TRACKING_URI", iap.uri().toString());
        environment.forEach(cli::env);
        return cli;
    }
}
