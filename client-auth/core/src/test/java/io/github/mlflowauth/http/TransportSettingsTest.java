package io.github.mlflowauth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportSettingsTest {
    private static final TransportSettings DEFAULTS =
            TransportSettings.builder().build();

    @Test
    void defaultsAreThoseOfThePythonClientPlusADeadline() {
        assertThat(DEFAULTS.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(DEFAULTS.requestTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(DEFAULTS.callDeadline()).isEqualTo(Duration.ofMinutes(5));
        assertThat(DEFAULTS.stallTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(DEFAULTS.maxConnections()).isEqualTo(10);
        assertThat(DEFAULTS.retry().maxRetries()).isEqualTo(7);
        assertThat(DEFAULTS.retry().backoffFactor()).isEqualTo(2);
        assertThat(DEFAULTS.retry().backoffJitter()).isEqualTo(1);
        assertThat(DEFAULTS.tls().isInsecure()).isFalse();
        assertThat(DEFAULTS.tls().caBundle()).isEmpty();
        assertThat(DEFAULTS.tls().clientCertificate()).isEmpty();
        assertThat(DEFAULTS.proxy()).isEmpty();
    }

    /** Every setting with another value than its default: the key of the shared pool must tell them apart. */
    static Stream<TransportSettings.Builder> oneChangeEach() {
        Duration other = Duration.ofSeconds(7);
        RetrySettings.Builder retry = RetrySettings.builder();
        ProxySettings.Builder proxy = ProxySettings.builder("proxy", 3128);
        return Stream.of(
                TransportSettings.builder().connectTimeout(other),
                TransportSettings.builder().requestTimeout(other),
                TransportSettings.builder().callDeadline(other),
                TransportSettings.builder().stallTimeout(other),
                TransportSettings.builder().maxConnections(7),
                TransportSettings.builder().retry(retry.maxRetries(3).build()),
                TransportSettings.builder().retry(retry.backoffFactor(3).build()),
                TransportSettings.builder().retry(retry.backoffJitter(0).build()),
                TransportSettings.builder().tls(insecure()),
                TransportSettings.builder()
                        .tls(tls().caBundle(Path.of("ca.pem")).build()),
                TransportSettings.builder()
                        .tls(tls().clientCertificate(Path.of("me.pem")).build()),
                TransportSettings.builder().proxy(proxy.build()),
                TransportSettings.builder()
                        .proxy(proxy.credentials("u", "secret-1").build()),
                TransportSettings.builder()
                        .proxy(proxy.credentials("u", "secret-2").build()),
                TransportSettings.builder()
                        .proxy(proxy.noProxy(List.of("example.com")).build()));
    }

    @ParameterizedTest
    @MethodSource("oneChangeEach")
    void aChangedSettingIsKeptByABuilderAndMakesADifference(TransportSettings.Builder changed) {
        TransportSettings settings = changed.build();
        assertThat(settings).isNotEqualTo(DEFAULTS);
        assertThat(settings.toBuilder().build()).isEqualTo(settings).hasSameHashCodeAs(settings);
        assertThat(settings.toString()).doesNotContain("secret").isNotEqualTo(DEFAULTS.toString());
    }

    @Test
    void allOfTheseDifferFromEachOther() {
        assertThat(oneChangeEach().map(TransportSettings.Builder::build)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0005S", "P8D"})
    void aTimeoutOutOfBoundsIsNamedWithItsRuleAndValue(String value) {
        Duration duration = Duration.parse(value);
        TransportSettings.Builder builder = TransportSettings.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.callDeadline(duration))
                .withMessage("callDeadline must be between 1 ms and 7 days, but is " + duration);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.connectTimeout(duration));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(duration));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.stallTimeout(duration));
    }

    @Test
    void numbersOutOfBoundsAreNamedWithTheirRuleAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransportSettings.builder().maxConnections(0))
                .withMessage("maxConnections must be between 1 and 1000, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySettings.builder().maxRetries(11))
                .withMessage("maxRetries must be between 0 and 10, but is 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySettings.builder().backoffFactor(Double.NaN))
                .withMessage("backoffFactor must be between 0.0 and 120.0, but is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetrySettings.builder().backoffJitter(-1))
                .withMessage("backoffJitter must be between 0.0 and 120.0, but is -1.0");
    }

    @Test
    void aCaBundleTogetherWithNoChecksIsAContradiction() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> tls().caBundle(Path.of("ca.pem")).insecure(true).build())
                .withMessageContaining("insecure must not be set together with caBundle (ca.pem)");
    }

    @Test
    void theProxyDecidesWhatIsProxied() {
        TransportSettings settings = TransportSettings.builder()
                .proxy(ProxySettings.builder("proxy", 3128)
                        .noProxy(List.of("example.com"))
                        .build())
                .build();
        assertThat(settings.isProxied(URI.create("https://mlflow.example.com"))).isFalse();
        assertThat(settings.isProxied(URI.create("https://mlflow.example.org"))).isTrue();
        assertThat(DEFAULTS.isProxied(URI.create("https://mlflow.example.org"))).isFalse();
    }

    private static TlsSettings.Builder tls() {
        return TlsSettings.builder();
    }

    private static TlsSettings insecure() {
        return tls().insecure(true).build();
    }
}
