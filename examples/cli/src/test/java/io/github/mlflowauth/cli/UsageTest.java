package io.github.mlflowauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String SECRET = "correct-horse-battery";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "runs",
                "experiments",
                "nonsense",
                "runs list --nonsense",
                "runs list --max x",
                "iap-emulator"
            })
    void wrongUsageEndsWithTwoAndPointsToTheHelp(String line) {
        Cli.Result result = new Cli().run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--help'");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs list --user ada --password " + SECRET,
                "runs list --user ada --password=" + SECRET,
                "runs --password=" + SECRET,
                "doctor --user ada --passwd=" + SECRET,
                "runs list " + SECRET,
                "runs list --user ada:" + SECRET + " --password-file /dev/null",
                "runs list --tracking-uri http://ada:" + SECRET + "@localhost",
                "runs list --tracking-uri http://ada:" + SECRET + "@local[host"
            })
    void aPasswordInTheArgumentsIsRefusedAndNotRepeated(String line) {
        Cli.Result result = new Cli().run(line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.all()).doesNotContain(SECRET);
        assertThat(result.err()).isNotBlank();
    }

    @Test
    void withoutATrackingUriTheErrorNamesTheVariable() {
        Cli.Result result = new Cli().run("runs", "list");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("MLFLOW_TRACKING_URI");
    }

    @Test
    void aUserWithoutAPasswordIsToldTheThreeWaysToGiveOne() {
        Cli.Result result = new Cli().run("runs", "list", "--tracking-uri", "http://localhost:1", "--user", "ada");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("MLFLOW_TRACKING_PASSWORD", "--password-file", "terminal");
    }

    @Test
    void aPasswordFileThatIsMissingIsNamed() {
        Cli.Result result = new Cli()
                .run(
                        "runs",
                        "list",
                        "--user",
                        "ada",
                        "--password-file",
                        folder.resolve("gone").toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(folder.resolve("gone").toString());
    }

    @Test
    void aPasswordFileNeedsAUserName() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), SECRET);

        Cli.Result result = new Cli()
                .env("MLFLOW_TRACKING_URI", "http://localhost:1")
                .run("runs", "list", "--password-file", file.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--user", "MLFLOW_TRACKING_USERNAME");
    }

    @Test
    void anEmptyPasswordFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "\n" + SECRET);

        Cli.Result result = new Cli().run("runs", "list", "--user", "ada", "--password-file", file.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("first line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--max 0", "--timeout 0", "--timeout 86401"})
    void numbersOutOfRangeAreRefused(String option) {
        Cli.Result result = new Cli()
                .env("MLFLOW_TRACKING_URI", "http://localhost:1")
                .run(("experiments list " + option).split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(option.split(" ")[0] + " must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlflow:5000", "ftp://127.0.0.1", "http://ada:correct-horse-battery@local host", "http://"})
    void anUpstreamThatIsNoWebAddressIsRefused(String upstream) {
        Cli.Result result = new Cli().run("iap-emulator", "--upstream", upstream);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--upstream must be").doesNotContain(SECRET);
    }

    @Test
    void aPortThatIsTakenIsNamedAndWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            Cli.Result result = new Cli().run("iap-emulator", "--upstream", "http://127.0.0.1:1", "--port", port);

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Address already in use", "another port")
                    .doesNotContain("\tat ");
        }
    }
}
