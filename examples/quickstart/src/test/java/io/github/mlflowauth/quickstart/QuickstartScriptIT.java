package io.github.mlflowauth.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.testkit.LocalMlflowServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.RunStatus;

/** The script as a person starts it, with the jar that the build has made. */
class QuickstartScriptIT {
    private static final Path SCRIPT = Path.of("quickstart").toAbsolutePath();
    private static final List<String> TOOLS =
            List.of("bash", "env", "dirname", "readlink", "sed", "head", "find", "uname", "cat");

    @TempDir
    Path folder;

    @Test
    void oneCommandLogsARunThatIsThereAfterwards() throws Exception {
        assertThatARunIsLogged("MLflow's own login");
    }

    @Test
    void theSameThroughIdentityAwareProxy() throws Exception {
        assertThatARunIsLogged("behind Identity-Aware Proxy and MLflow's own login", "--iap");
    }

    private void assertThatARunIsLogged(String expected, String... options) throws Exception {
        Path data = folder.resolve("data");
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "--once", "--directory", data.toString()));
        command.addAll(List.of(options));

        Ended ended = run(Map.of(), command.toArray(new String[0]));

        skipWithoutPython(ended);
        assertThat(ended.exitCode).as(ended.output).isZero();
        assertThat(ended.output)
                .contains(expected, "FINISHED", "validation_accuracy", "model/weights.json", "1  quickstart");
        Matcher runId = Pattern.compile("Logged run (\\w+)").matcher(ended.output);
        assertThat(runId.find()).isTrue();
        try (LocalMlflowServer server =
                        LocalMlflowServer.builder().directory(data).start();
                AuthMlflowClient client = MlflowClients.builder()
                        .trackingUri(server.uri().toString())
                        .build()) {
            assertThat(client.getRun(runId.group(1)).getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    void anOldJavaIsNamedWithWhatToInstall() throws Exception {
        program("java", "echo 'openjdk version \"11.0.22\" 2024-01-16' >&2");

        Ended ended = run(onlyTools(), SCRIPT.toString());

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("is Java 11, but 17 or newer", "JAVA_HOME");
    }

    @Test
    void aMissingJavaIsNamedWithWhatToInstall() throws Exception {
        Ended ended = run(onlyTools(), SCRIPT.toString());

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("no 'java'", "openjdk-17-jdk-headless");
    }

    @Test
    void anOldPythonIsNamedWithWhatToInstall() throws Exception {
        goodJava();
        program("python3", "[ \"$1\" = --version ] && echo 'Python 3.9.2' || exit 1");

        Ended ended = run(onlyTools(), SCRIPT.toString());

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("'python3' is Python 3.9.2, but Python 3.11 or newer");
    }

    @Test
    void aMissingPythonIsNamedWithWhatToInstall() throws Exception {
        goodJava();

        Ended ended = run(onlyTools(), SCRIPT.toString());

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("no Python 3.11 or newer", "apt-get install python3 python3-venv");
    }

    @Test
    void aWrongOptionEndsWithTwo() throws Exception {
        Ended ended = run(Map.of(), SCRIPT.toString(), "--nonsense");

        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).contains("--nonsense", "Usage: quickstart");
    }

    private static void skipWithoutPython(Ended ended) {
        boolean missing = ended.exitCode == 2 && ended.output.contains("Python 3.11 or newer");
        Assumptions.assumeTrue(!missing || "true".equals(System.getenv("CI")), ended.output);
    }

    private void goodJava() throws IOException {
        program("java", "echo 'openjdk version \"21.0.1\" 2023-10-17' >&2");
        program("javac", "exit 0");
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A PATH with the fake programs and what the script itself needs, and nothing else. */
    private Map<String, String> onlyTools() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(place + tool)) && !Files.exists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), Path.of(place + tool));
                }
            }
        }
        return Map.of("PATH", bin.toString(), "JAVA_HOME", "");
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private record Ended(int exitCode, String output) {}
}
