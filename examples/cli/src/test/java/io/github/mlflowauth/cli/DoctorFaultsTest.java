package io.github.mlflowauth.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the doctor says about servers that are not as they should be. */
class DoctorFaultsTest {
    private static final String SECRET = "correct-horse-battery";
    private static final String SEARCH = "/api/2.0/mlflow/experiments/search";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"))
            .build();

    @BeforeEach
    void aServerInGoodHealth() {
        SERVER.stubFor(get(urlPathEqualTo("/health")).willReturn(text(200, "OK")));
        SERVER.stubFor(get(urlPathEqualTo("/version")).willReturn(text(200, "3.17.2")));
        SERVER.stubFor(get(urlPathEqualTo(SEARCH)).willReturn(okJson("{}")));
        SERVER.stubFor(
                get(urlPathEqualTo("/api/2.0/mlflow-artifacts/artifacts")).willReturn(okJson("{}")));
    }

    @Test
    void aServerInGoodHealthHasNoProblemAndEndsWithZero() {
        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.out()).doesNotContain("PROBLEM", "warning ").contains("0 problems");
        assertThat(result.line("version")).contains("MLflow 3.17.2");
    }

    @Test
    void anUnknownHostNameIsAProblemAndTheRestIsMarkedAsNotChecked() {
        Cli.Result result = doctor("https://no-such-host.invalid");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("dns")).startsWith("PROBLEM").contains("no-such-host.invalid", "MLFLOW_TRACKING_URI");
        assertThat(result.line("tcp")).startsWith("-").contains("needs dns");
        assertThat(result.line("artifacts")).startsWith("-");
    }

    @Test
    void aClosedPortIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        Cli.Result result = doctor("http://127.0.0.1:" + port);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("tcp")).startsWith("PROBLEM").contains("port " + port, "Start the server");
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Cli.Result result = cli().run(
                            "doctor", "--timeout", "1", "--tracking-uri", "http://127.0.0.1:" + silent.getLocalPort());

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.line("tcp")).startsWith("ok");
            assertThat(result.line("clock")).startsWith("-").contains("no answer");
            assertThat(result.line("auth")).startsWith("PROBLEM").contains("no answer");
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Cli.Result result = cli().run(
                            "doctor", "--timeout", "1", "--tracking-uri", "https://127.0.0.1:" + silent.getLocalPort());

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.line("tls")).startsWith("PROBLEM").contains("timed out");
        }
    }

    @Test
    void behindAProxyNamesAndPortsAreTheProxysBusiness() {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{}")));

        Cli.Result result =
                new Cli().env("HTTP_PROXY", http()).run("doctor", "--tracking-uri", "http://no-such-host.invalid");

        assertThat(result.line("dns")).startsWith("-").contains("proxy");
        assertThat(result.line("tcp")).startsWith("-").contains("proxy");
        assertThat(result.line("tls")).startsWith("warning").contains("plain http");
        assertThat(result.line("auth")).startsWith("ok");
    }

    @Test
    void aWrongPasswordAtAGateIsTheGatesRefusal() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(html(401, "<h1>401 Authorization Required</h1>")
                        .withHeader("WWW-Authenticate", "Basic realm=\"team\"")));

        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("gate")).startsWith("ok").contains("Basic auth", "team");
        assertThat(result.line("auth")).startsWith("PROBLEM").contains("gate", "'ada'");
        assertThat(result.line("version")).startsWith("-").contains("needs auth");
        assertThat(result.all()).doesNotContain(SECRET);
    }

    @Test
    void aWrongPasswordAtMlflowItselfIsMlflowsRefusal() {
        SERVER.stubFor(get(urlPathEqualTo(SEARCH))
                .willReturn(html(401, "You are not authenticated. Please see the documentation")
                        .withHeader("WWW-Authenticate", "Basic realm=\"mlflow\"")));

        Cli.Result result = doctor(http());

        assertThat(result.line("auth")).startsWith("PROBLEM").contains("MLflow itself", "'ada'");
    }

    @Test
    void aRefusedHostNamesTheServersOption() {
        SERVER.stubFor(get(urlPathEqualTo(SEARCH))
                .willReturn(text(403, "Invalid Host header - possible DNS rebinding attack detected")));

        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("host")).startsWith("PROBLEM").contains("--allowed-hosts 127.0.0.1");
        assertThat(result.line("auth")).startsWith("-");
    }

    @Test
    void anOldServerIsAWarning() {
        SERVER.stubFor(get(urlPathEqualTo("/version")).willReturn(text(200, "1.30.0")));

        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).isZero();
        assertThat(result.line("version")).startsWith("warning").contains("1.30.0 is older than 2.22");
    }

    @Test
    void aWebPageInsteadOfMlflowIsNamed() {
        SERVER.stubFor(any(anyUrl()).willReturn(html(200, "<html><body>Please sign in</body></html>")));

        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("gate")).startsWith("warning").contains("web page");
        assertThat(result.line("auth")).startsWith("PROBLEM").contains("web page", "tracking URI");
    }

    @Test
    void aSelfSignedCertificateNamesTheSettingForTheAuthority() {
        Cli.Result result = doctor("https://127.0.0.1:" + SERVER.getHttpsPort());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("tcp")).startsWith("ok");
        assertThat(result.line("tls")).startsWith("PROBLEM").contains("MLFLOW_TRACKING_SERVER_CERT_PATH");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void anUncheckedCertificateIsAWarningAndTheRestIsChecked() {
        Cli.Result result = cli().env("MLFLOW_TRACKING_INSECURE_TLS", "true")
                .run("doctor", "--tracking-uri", "https://127.0.0.1:" + SERVER.getHttpsPort());

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.line("tls")).startsWith("warning").contains("MLFLOW_TRACKING_INSECURE_TLS");
        assertThat(result.line("auth")).startsWith("ok");
    }

    @Test
    void httpsOnAPlainPortSaysSo() {
        Cli.Result result = doctor("https://127.0.0.1:" + SERVER.getPort());

        assertThat(result.line("tls")).startsWith("PROBLEM").contains("plain http");
    }

    @Test
    void aClockThatIsOffIsAWarning() {
        SERVER.stubFor(get(urlPathEqualTo("/health"))
                .willReturn(text(200, "OK").withHeader("Date", "Tue, 01 Jan 2019 00:00:00 GMT")));

        Cli.Result result = doctor(http());

        assertThat(result.line("clock")).startsWith("warning").contains("ahead of", "NTP");
    }

    @Test
    void aServerThatDoesNotPassArtifactsOnIsAWarning() {
        SERVER.stubFor(get(urlPathEqualTo("/api/2.0/mlflow-artifacts/artifacts"))
                .willReturn(text(
                        503,
                        "Endpoint disabled due to the mlflow server running with `--no-serve-artifacts`. To enable,"
                                + " run it with --serve-artifacts")));

        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).isZero();
        assertThat(result.line("artifacts")).startsWith("warning").contains("without --no-serve-artifacts");
    }

    @Test
    void identityAwareProxyIsRecognisedAndItsClientIsOnlyAHint() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(html(302, "Invalid IAP credentials: empty token")
                        .withHeader("X-Goog-IAP-Generated-Response", "true")
                        .withHeader(
                                "Location",
                                "https://accounts.google.com/o/oauth2/v2/auth?client_id=123-a.apps.googleusercontent.com"
                                        + "&response_type=code")));

        Cli.Result result = doctor(http());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("gate"))
                .contains("Identity-Aware Proxy", "123-a.apps.googleusercontent.com", "hint only");
        assertThat(result.line("auth")).startsWith("PROBLEM").contains("forIap");
    }

    @Test
    void aPathPrefixThatIsMissingIsGuessed() {
        SERVER.stubFor(any(anyUrl()).willReturn(html(404, "<h1>Not Found</h1>")));

        Cli.Result result = doctor(http());

        assertThat(result.line("gate")).startsWith("warning").contains("path prefix");
        assertThat(result.line("auth")).startsWith("PROBLEM").contains("path prefix");
    }

    @Test
    void escapeSequencesFromTheServerDoNotReachTheTerminal() {
        SERVER.stubFor(any(anyUrl()).willReturn(text(401, "\u001b[2Jgone").withHeader("WWW-Authenticate", "x\u001b")));

        assertThat(doctor(http()).all()).doesNotContain("\u001b");
    }

    @Test
    void wrongSettingsAreTheFirstProblem() {
        Cli.Result result =
                new Cli().env("MLFLOW_TRACKING_AUTH", "no-such-plugin").run("doctor", "--tracking-uri", http());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.line("settings")).startsWith("PROBLEM").contains("no-such-plugin");
        assertThat(result.line("dns")).startsWith("-").contains("needs settings");
    }

    private static String http() {
        return "http://127.0.0.1:" + SERVER.getPort();
    }

    private static Cli cli() {
        return new Cli().env("MLFLOW_TRACKING_USERNAME", "ada").env("MLFLOW_TRACKING_PASSWORD", SECRET);
    }

    private static Cli.Result doctor(String uri) {
        return cli().run("doctor", "--tracking-uri", uri);
    }

    private static ResponseDefinitionBuilder text(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/plain")
                .withBody(body);
    }

    private static ResponseDefinitionBuilder html(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withBody(body);
    }
}
