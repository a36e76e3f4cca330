package io.github.mlflowauth.artifacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../up", "a/../b", "a/./b", "a//b", "/abs", "C:/x", "C:\\x", "a#b", "a%20b", "a%2Fb", "end?", "dir?/x",
                "tab\tx", "line\nx", "nul\0x"
            })
    void namesThatWouldArriveAsOthersAreRefused(String path) {
        assertThatThrownBy(() -> ArtifactPath.check(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artifact path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a?b", "50%", "x %zz", "a;b+c:d&e='f\"[g]*\\|...", "é/日本", "..hidden", "a..b"})
    void namesThatRoundTripArePassedOn(String path) {
        assertThat(ArtifactPath.check(path)).isEqualTo(path);
    }

    @Test
    void eachByteIsEncodedOnce() {
        assertThat(ArtifactPath.encode("dir/a b?é%")).isEqualTo("dir/a%20b%3F%C3%A9%25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "../../etc/passwd", "/etc/passwd", "nul\0x"})
    void listedNamesThatLeadElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> ArtifactPath.checkListedName(name)).hasMessageContaining("download directory");
    }
}
