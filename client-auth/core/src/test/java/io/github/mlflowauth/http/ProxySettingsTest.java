package io.github.mlflowauth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {
    @ParameterizedTest
    @CsvSource({
        "example.com,        https://example.com",
        "example.com,        https://mlflow.example.com/prefix",
        ".example.com,       https://mlflow.example.com",
        ".example.com,       https://example.com",
        "*.example.com,      https://mlflow.example.com",
        "EXAMPLE.com,        https://MLflow.Example.COM",
        "example.com,        https://example.com.",
        "' example.com ',    https://example.com",
        "example.com:443,    https://mlflow.example.com",
        "example.com:80,     http://mlflow.example.com",
        "example.com:8443,   https://example.com:8443",
        "*,                  https://anything.example.org",
        "localhost,          http://localhost:5000",
        "127.0.0.1,          http://127.0.0.1:5000",
        "10.0.0.0/8,         http://10.200.3.4:5000",
        "192.168.4.0/23,     http://192.168.5.255",
        "::1,                http://[::1]:5000",
        "[::1],              http://[::1]:5000",
        "0:0:0:0:0:0:0:1,    http://[::1]:5000",
        "fd00::/8,           https://[fd12:3456::1]",
        "my_host,            http://my_host:5000",
    })
    void goesDirectly(String entry, String uri) {
        assertThat(proxy(entry).appliesTo(URI.create(uri))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,        https://myexample.com",
        "example.com,        https://example.com.evil.org",
        "example.com:443,    https://example.com:8443",
        "mlflow.example.com, https://example.com",
        "10.0.0.0/8,         http://11.0.0.1",
        "192.168.4.0/23,     http://192.168.6.0",
        "10.0.0.0/8,         http://ten.example.com",
        "fd00::/8,           https://10.0.0.1",
        "10.0.0.1,           https://a10.0.0.1.example.com",
        "'',                 https://example.com",
        "example.com,        http://localhost:5000",
        "example.com,        http://127.0.0.1:5000",
    })
    void goesThroughTheProxy(String entry, String uri) {
        assertThat(proxy(entry).appliesTo(URI.create(uri))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.com", "10.0.0.0/33", "10.0.0/8", "example.com/path", "::1/129", "10.0.0.0/"})
    void anEntryThatNamesNoHostIsRefused(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxy(entry))
                .withMessage("noProxy must list host names, addresses or address ranges such as 10.0.0.0/8, but has '"
                        + entry + "'");
    }

    @Test
    void thePasswordIsInNoText() {
        ProxySettings proxy = ProxySettings.builder("proxy.example.com", 3128)
                .credentials("ann", "topsecret")
                .build();
        assertThat(proxy.toString()).contains("proxy.example.com:3128", "ann").doesNotContain("topsecret");
        assertThat(proxy.password()).hasValue("topsecret");
    }

    @Test
    void wrongPartsAreRefusedWithTheirRule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxySettings.builder("http://ann:topsecret@proxy", 3128))
                .withMessageContaining("without scheme, user and path")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("topsecret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxySettings.builder("proxy", 0))
                .withMessage("The proxy's port must be between 1 and 65535, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxySettings.builder("proxy", 1).credentials("a:b", "topsecret"))
                .withMessage("The proxy's user must not contain a colon");
    }

    @Test
    void theListIsCopiedBothWays() {
        List<String> hosts = new ArrayList<>(List.of("example.com"));
        ProxySettings proxy =
                ProxySettings.builder("proxy", 3128).noProxy(hosts).build();
        hosts.add("example.org");
        assertThat(proxy.noProxy()).containsExactly("example.com").isUnmodifiable();
    }

    private static ProxySettings proxy(String noProxy) {
        return ProxySettings.builder("proxy", 3128).noProxy(List.of(noProxy)).build();
    }
}
