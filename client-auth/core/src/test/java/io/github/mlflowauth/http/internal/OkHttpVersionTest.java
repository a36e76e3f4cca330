package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"4.12.0", "3.14.9", "older than 4.0"})
    void anOldVersionIsToldWithItsPlaceAndTheLinesToAdd(String version) {
        assertThatIllegalStateException()
                .isThrownBy(() -> OkHttpVersion.requireNew(version, "file:/lib/okhttp.jar"))
                .withMessageStartingWith(
                        "OkHttp " + version
                                + " comes first on the class path (file:/lib/okhttp.jar), but mlflow-client-auth needs OkHttp 5.")
                .withMessageContaining("<artifactId>okhttp</artifactId><version>5.")
                .withMessageContaining("<artifactId>okhttp-jvm</artifactId><version>5.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0.0", "5.5.1", "5.6.0-alpha.1", "6.0.0", "10.0.0"})
    void aNewVersionPasses(String version) {
        assertThatCode(() -> OkHttpVersion.requireNew(version, "anywhere")).doesNotThrowAnyException();
    }

    @Test
    void theVersionOfThisBuildPasses() {
        assertThatCode(OkHttpVersion::check).doesNotThrowAnyException();
    }
}
