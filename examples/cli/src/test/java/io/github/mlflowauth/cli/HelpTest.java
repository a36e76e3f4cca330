package io.github.mlflowauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} prints, as files under {@code src/test/resources}; a change shows in the diff. */
class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlflow-auth",
                "mlflow-auth experiments",
                "mlflow-auth experiments list",
                "mlflow-auth experiments search",
                "mlflow-auth runs",
                "mlflow-auth runs list",
                "mlflow-auth doctor",
                "mlflow-auth token",
                "mlflow-auth iap-emulator"
            })
    void helpIsAsInItsFile(String command) throws IOException {
        String[] words = (command + " --help").split(" ");
        String[] args = java.util.Arrays.copyOfRange(words, 1, words.length);

        Cli.Result result = new Cli().run(args);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(golden(command.replace(' ', '-') + ".txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = HelpTest.class.getResourceAsStream("help/" + name)) {
            assertThat(in).as("golden file help/" + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
