package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IapAudienceTest {
    private static final URI SERVER = URI.create("https://mlflow.example.com/prefix");

    @Test
    void aClientIdMeansAnIdToken() {
        IapAudience audience = IapAudience.parse(" 12-a_b.apps.googleusercontent.com ", SERVER);

        assertThat(audience.isSelfSigned()).isFalse();
        assertThat(audience.value()).isEqualTo("12-a_b.apps.googleusercontent.com");
    }

    @ParameterizedTest
    @CsvSource({
        "https://mlflow.example.com/*, https://mlflow.example.com/prefix",
        "https://MLFLOW.example.com:443/*, https://mlflow.example.com",
        "https://mlflow.example.com:8443/*, https://mlflow.example.com:8443",
        "https://127.0.0.1:8080/*, http://127.0.0.1:8080",
        "https://[::1]:8080/*, http://[::1]:8080"
    })
    void theServersHostWithASlashAndAStarMeansASelfSignedToken(String text, URI server) {
        IapAudience audience = IapAudience.parse(text, server);

        assertThat(audience.isSelfSigned()).isTrue();
        assertThat(audience.value()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The IAP audience is empty.",
                "/projects/123/apps/demo|starts with /projects/: that is the audience of the assertion that IAP hands",
                "mlflow.example.com|The IAP audience is a bare host name.",
                "mlflow.example.com/*|The IAP audience is a bare host name.",
                "http://mlflow.example.com/*|starts with http://",
                "https://mlflow.example.com|a URL that doesn't end in /*",
                "https://mlflow.example.com/|a URL that doesn't end in /*",
                "https://mlflow.example.com/api/2.0/mlflow/runs/create|a URL that doesn't end in /*",
                "https://mlflow.example.com/prefix/*|a URL that doesn't end in /*",
                "https://mlflow.example.com/*?a=b|a URL that doesn't end in /*",
                "https://exa mple.com/*|a URL that doesn't end in /*",
                "https://other.example.com/*|for the host other.example.com:443, but the tracking server is mlflow.",
                "https://mlflow.example.com:8443/*|:8443, but the tracking server is mlflow.example.com:443",
                "https://me:pw@mlflow.example.com/*|The IAP audience is for the host",
                "a.apps.googleusercontent.com,b.apps.googleusercontent.com|more than one OAuth client ID",
                "123456|neither an OAuth client ID nor a URL"
            })
    void everyOtherFormIsRefusedWithTheRightOnes(String text, String sentence) {
        assertThatThrownBy(() -> IapAudience.parse(text, SERVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("Use the OAuth client ID that IAP accepts (….apps.googleusercontent.com), or"
                        + " https://mlflow.example.com/* for a token that the service account signs itself, which needs"
                        + " no OAuth client.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOCSPX-abcdefSecret", "{\"private_key\":\"abcdefSecret\"}", "https://u:abcdefSecret@x/y"})
    void aSecretInTheWrongPlaceIsNotRepeated(String text) {
        assertThatThrownBy(() -> IapAudience.parse(text, SERVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("abcdefSecret");
    }
}
