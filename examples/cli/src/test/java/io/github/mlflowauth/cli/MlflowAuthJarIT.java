package io.github.mlflowauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.testkit.LocalMlflowServer;
import io.github.mlflowauth.testkit.MlflowServerExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The one jar, as a person starts it. */
class MlflowAuthJarIT {
    private static final Path LAUNCHER = Path.of("mlflow-auth").toAbsolutePath();
    private static final Path JAR = Path.of("target", "mlflow-auth.jar").toAbsolutePath();
    private static final String SECRET = "correct-horse-battery";

    @RegisterExtension
    static final MlflowServerExtension MLFLOW =
            MlflowServerExtension.with(LocalMlflowServer.builder().basicAuthApp("admin", SECRET));

    @TempDir
    Path folder;

    @Test
    void theJarHasMergedServicesAndNoSignatures() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getEntry("META-INF/services/io.github.mlflowauth.auth.RequestAuthProvider"))
                    .isNotNull();
            assertThat(jar.stream().map(Object::toString))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
        }
    }

    @Test
    void theLauncherWorksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("mlflow-auth"), LAUNCHER);

        Ended ended = run(Map.of(), link.toString(), "--version");

        assertThat(ended.exitCode).isZero();
        assertThat(ended.output).startsWith("mlflow-auth 0.");
    }

    @Test
    void theEnvironmentReachesTheServerAndVerboseShowsNoSecret() throws Exception {
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_URI",
                MLFLOW.server().uri().toString(),
                "MLFLOW_TRACKING_USERNAME",
                "admin",
                "MLFLOW_TRACKING_PASSWORD",
                SECRET);

        Ended doctor = run(environment, LAUNCHER.toString(), "doctor", "--verbose");

        assertThat(doctor.exitCode).as(doctor.output).isZero();
        assertThat(doctor.output).contains("MLflow 3.17.2");
        assertNoSecret(doctor.output);
    }

    @Test
    void aRefusalWithVerboseShowsNoSecretEither() throws Exception {
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_URI",
                MLFLOW.server().uri().toString(),
                "MLFLOW_TRACKING_USERNAME",
                "nobody",
                "MLFLOW_TRACKING_PASSWORD",
                SECRET);

        Ended list = run(environment, LAUNCHER.toString(), "runs", "list", "--verbose");

        assertThat(list.exitCode).isEqualTo(1);
        assertThat(list.output).contains("refused user 'nobody'");
        assertNoSecret(list.output);
    }

    /** The emulator in front of MLflow without users; MLflow's own Python client with the raw token. */
    @Test
    void pythonGetsThroughTheEmulatorWithARawToken() throws Exception {
        try (LocalMlflowServer open = LocalMlflowServer.builder().start()) {
            Process emulator = start(
                    Map.of(),
                    LAUNCHER.toString(),
                    "iap-emulator",
                    "--upstream",
                    open.uri().toString());
            try {
                Map<String, String> exports = exports(emulator);
                Ended token = run(exports, LAUNCHER.toString(), "token", "--raw");
                assertThat(token.exitCode).as(token.output).isZero();

                String found = open.python()
                        .env("MLFLOW_TRACKING_URI", exports.get("MLFLOW_TRACKING_URI"))
                        .env("MLFLOW_TRACKING_TOKEN", token.output.strip())
                        .run("import mlflow\nprint(mlflow.search_experiments()[0].name)\n");

                assertThat(found.strip()).isEqualTo("Default");
                assertThat(Path.of(exports.get("GOOGLE_APPLICATION_CREDENTIALS")))
                        .exists();
            } finally {
                emulator.destroy();
                assertThat(emulator.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void assertNoSecret(String output) {
        assertThat(output)
                .doesNotContain(SECRET)
                .doesNotContain(base64("admin:" + SECRET))
                .doesNotContain(base64("nobody:" + SECRET));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The lines that the emulator prints for a shell. */
    private static Map<String, String> exports(Process emulator) throws IOException {
        Map<String, String> exports = new HashMap<>();
        BufferedReader lines = emulator.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith("Stop with")) {
            String text = line.strip();
            if (text.startsWith("export ")) {
                String[] pair = text.substring("export ".length()).split("=", 2);
                exports.put(pair[0], pair[1]);
            }
            line = lines.readLine();
        }
        assertThat(exports).hasSize(4);
        return exports;
    }

    private Ended run(Map<String, String> environment, String... command) throws Exception {
        Path output = folder.resolve("output");
        Process process =
                builder(environment, command).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    private Process start(Map<String, String> environment, String... command) throws IOException {
        return builder(environment, command).start();
    }

    private static ProcessBuilder builder(Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private record Ended(int exitCode, String output) {}
}
