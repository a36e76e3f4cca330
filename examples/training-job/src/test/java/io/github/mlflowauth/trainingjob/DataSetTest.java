package io.github.mlflowauth.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {

    @Test
    void theShippedFileIsWhatItsGeneratorMakes() throws IOException {
        try (InputStream in = DataSet.class.getResourceAsStream("machines.csv")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(Machines.csv());
        }
    }

    @Test
    void theLastColumnIsTheLabelAndTheOthersAreFeatures() {
        DataSet data = DataSet.parse(List.of("a,b,label", "1,2.5,1", "3,,0"));

        assertThat(data.names()).containsExactly("a", "b");
        assertThat(data.labels()).containsExactly(1f, 0f);
        assertThat(data.features()).containsExactly(1f, 2.5f, 3f, Float.NaN);
    }

    @Test
    void everyFifthRowIsKeptForValidation() {
        DataSet data = DataSet.parse(List.of("a,label", "0,0", "1,1", "2,0", "3,1", "4,0", "5,1"));

        assertThat(data.part(false).features()).containsExactly(1f, 2f, 3f, 4f);
        assertThat(data.part(true).features()).containsExactly(0f, 5f);
    }

    @Test
    void aRowThatIsTooShortIsNamedByItsLine() {
        assertThatThrownBy(() -> DataSet.parse(List.of("a,b,label", "1,2,1", "1,2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,label", "a\n1"})
    void aFileWithoutRowsOrFeaturesIsRefused(String text) {
        assertThatThrownBy(() -> DataSet.parse(text.lines().toList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header");
    }

    @Test
    void aValueThatIsNoNumberIsNamedByItsLine() {
        assertThatThrownBy(() -> DataSet.parse(List.of("a,label", "warm,1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("warm");
    }
}
