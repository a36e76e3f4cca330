package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderCheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "Bearer a.b-c_d~e+f/g=", "with space\tand tab", "!\"#$%&'()*+,-./:;<=>?@[]^`{|}~"})
    void goodValuesPass(String value) {
        assertThatCode(() -> HeaderCheck.check("X-Team", value)).doesNotThrowAnyException();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("top\rsecret", "a line break", 4),
                Arguments.of("topsecret\n", "a line break", 10),
                Arguments.of("\0topsecret", "a control character", 1),
                Arguments.of("topsecret\u007f", "a control character", 10),
                Arguments.of("topsecrét", "a character outside ASCII", 8));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aBadValueIsToldByNameAndPositionOnly(String value, String kind, int position) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderCheck.check("X-Team", value))
                .withMessageStartingWith(
                        "The value of the header X-Team has " + kind + " at position " + position + ":")
                .withMessageNotContainingAny("top", "secr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Team", "X-Team:", "X-Team\r\n", "Bearer topsecret", "Té"})
    void aBadNameIsToldByPositionOnly(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderCheck.check(name, "value"))
                .withMessageMatching("(?s)A header's name has a [a-zA-Z' ]+ at position \\d+: .*")
                .withMessageNotContainingAny(name, "topsecret", "value\"");
    }

    @Test
    void anEmptyNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderCheck.check("", "value"))
                .withMessageContaining("empty name");
    }
}
