package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mlflowauth.http.ProxySettings;
import io.github.mlflowauth.http.TransportSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportEnvironmentTest {
    private static final String HTTPS = "https://mlflow.example.com";

    @Test
    void anEmptyEnvironmentChangesNothing() {
        assertThat(read(HTTPS, Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", " ")))
                .isEqualTo(TransportSettings.builder().build());
    }

    @Test
    void pythonsVariablesAreRead() {
        TransportSettings settings = read(
                HTTPS,
                Map.of(
                        "MLFLOW_HTTP_REQUEST_TIMEOUT", "30",
                        "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0",
                        "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0.5",
                        "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "0",
                        "MLFLOW_HTTP_POOL_MAXSIZE", " 3 ",
                        "MLFLOW_TRACKING_SERVER_CERT_PATH", "/etc/ca.pem",
                        "MLFLOW_TRACKING_CLIENT_CERT_PATH", "/etc/me.pem"));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.stallTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.callDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.retry().maxRetries()).isZero();
        assertThat(settings.retry().backoffFactor()).isEqualTo(0.5);
        assertThat(settings.retry().backoffJitter()).isZero();
        assertThat(settings.maxConnections()).isEqualTo(3);
        assertThat(settings.tls().caBundle()).hasValue(Path.of("/etc/ca.pem"));
        assertThat(settings.tls().clientCertificate()).hasValue(Path.of("/etc/me.pem"));
    }

    @Test
    void theOtherBoundsGiveWayToTheTimeout() {
        assertThat(read(HTTPS, Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "2")).connectTimeout())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(read(HTTPS, Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", "900")).callDeadline())
                .isEqualTo(Duration.ofSeconds(900));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MLFLOW_HTTP_REQUEST_TIMEOUT|soon|must be a whole number of seconds between 1 and 604800.",
                "MLFLOW_HTTP_REQUEST_TIMEOUT|0|must be a whole number of seconds between 1 and 604800.",
                "MLFLOW_HTTP_REQUEST_TIMEOUT|1.5|must be a whole number of seconds between 1 and 604800.",
                "MLFLOW_HTTP_REQUEST_TIMEOUT|-1|must be a whole number of seconds between 1 and 604800.",
                "MLFLOW_HTTP_REQUEST_MAX_RETRIES|11|must be a whole number of retries between 0 and 10.",
                "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR|NaN|must be a number between 0 and 120, such as 2 or 0.5.",
                "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER|121|must be a number between 0 and 120, such as 2 or 0.5.",
                "MLFLOW_HTTP_POOL_MAXSIZE|99999999999|must be a whole number of connections between 1 and 1000.",
                "MLFLOW_TRACKING_INSECURE_TLS|yes|must be true or false.",
                "MLFLOW_TRACKING_CLIENT_CERT_PATH|a\0b|must be the path of a PEM file.",
            })
    void aWrongValueIsNamedWithItsRightForm(String variable, String value, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(HTTPS, Map.of(variable, value)))
                .withMessage(variable + "=" + value + ": " + rule);
    }

    @Test
    void insecureTogetherWithAServerCertificateIsAContradiction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(
                        HTTPS,
                        Map.of("MLFLOW_TRACKING_INSECURE_TLS", "1", "MLFLOW_TRACKING_SERVER_CERT_PATH", "/etc/ca.pem")))
                .withMessageContaining(
                        "Both MLFLOW_TRACKING_INSECURE_TLS=true and MLFLOW_TRACKING_SERVER_CERT_PATH are set");
    }

    @Test
    void theBundleOfPythonsRequestsIsTheFallbackOnly() {
        String fallback = "REQUESTS_CA_BUNDLE";
        assertThat(read(HTTPS, Map.of(fallback, "/etc/all.pem")).tls().caBundle())
                .hasValue(Path.of("/etc/all.pem"));
        assertThat(read(HTTPS, Map.of(fallback, "/etc/all.pem", "MLFLOW_TRACKING_SERVER_CERT_PATH", "/etc/ca.pem"))
                        .tls()
                        .caBundle())
                .hasValue(Path.of("/etc/ca.pem"));
        TransportSettings insecure =
                read(HTTPS, Map.of(fallback, "/etc/all.pem", "MLFLOW_TRACKING_INSECURE_TLS", "TRUE"));
        assertThat(insecure.tls().isInsecure()).isTrue();
        assertThat(insecure.tls().caBundle()).isEmpty();
    }

    @Test
    void theBundleOfPythonsRequestsSaysNothingAboutPlainHttp() {
        TransportSettings settings = read("http://localhost:5000", Map.of("REQUESTS_CA_BUNDLE", "/etc/all.pem"));
        assertThat(settings.tls().caBundle()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, HTTPS_PROXY, http://p:1, p, 1",
        "https://h, https_proxy, http://p:1, p, 1",
        "https://h, ALL_PROXY, p:1, p, 1",
        "http://h, HTTP_PROXY, http://p, p, 80",
        "http://h, http_proxy, my_proxy:3128/, my_proxy, 3128",
        "http://h, all_proxy, HTTP://[::1]:3128, ::1, 3128",
    })
    void theSchemeOfTheServerDecidesTheProxy(String uri, String variable, String value, String host, int port) {
        ProxySettings proxy = read(uri, Map.of(variable, value)).proxy().orElseThrow();
        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.user()).isEmpty();
    }

    @Test
    void theOtherSchemesProxyDoesNotCount() {
        assertThat(read(HTTPS, Map.of("HTTP_PROXY", "http://p:1")).proxy()).isEmpty();
    }

    @Test
    void lowerCaseAndTheOwnSchemeComeFirst() {
        Map<String, String> all =
                Map.of("HTTPS_PROXY", "upper:1", "https_proxy", "lower:1", "all_proxy", "all:1", "ALL_PROXY", "ALL:1");
        assertThat(read(HTTPS, all).proxy().orElseThrow().host()).isEqualTo("lower");
    }

    @Test
    void userPasswordAndExceptionsAreRead() {
        ProxySettings proxy = read(
                        HTTPS,
                        Map.of(
                                "HTTPS_PROXY", "http://ann%40corp:p%3Aa+s%2Fs@p:3128",
                                "NO_PROXY", "localhost, .example.com 10.0.0.0/8,"))
                .proxy()
                .orElseThrow();
        assertThat(proxy.user()).hasValue("ann@corp");
        assertThat(proxy.password()).hasValue("p:a+s/s");
        assertThat(proxy.appliesTo(URI.create(HTTPS))).isFalse();
        assertThat(proxy.appliesTo(URI.create("https://example.org"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://ann:topsecret@p:3128, doesn't start with http://",
        "socks5://ann:topsecret@p:3128, doesn't start with http://",
        "http://ann:topsecret@p:99999, is no URL",
        "http://ann:topsecret@, is no URL",
        "http://a%3Ab:topsecret@p, colon",
    })
    void aWrongProxyIsNamedWithoutItsValue(String value, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(HTTPS, Map.of("HTTPS_PROXY", value)))
                .withMessageStartingWith("HTTPS_PROXY ")
                .withMessageContaining(what)
                .withMessageContaining("must look like http://proxy.example.com:3128")
                .satisfies(e -> assertThat(e).hasNoCause().hasMessageNotContainingAny("topsecret", "ann"));
    }

    @Test
    void aWrongExceptionNamesItsVariable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(HTTPS, Map.of("HTTPS_PROXY", "p:1", "no_proxy", "http://x")))
                .withMessageStartingWith("no_proxy: noProxy must list")
                .withMessageContaining("'http://x'");
    }

    private static TransportSettings read(String uri, Map<String, String> environment) {
        TransportSettings.Builder builder = TransportSettings.builder();
        TransportEnvironment.read(environment::get, URI.create(uri), builder);
        return builder.build();
    }
}
