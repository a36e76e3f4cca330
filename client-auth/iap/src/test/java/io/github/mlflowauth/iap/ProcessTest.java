package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of its own, with nothing but environment variables. */
class ProcessTest {
    private final EmulatedIap iap = new EmulatedIap();
    private final IapEmulator google = iap.emulator();
    private final String trainer = iap.account("trainer");
    private final Path folder;

    ProcessTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        iap.close();
        assertThat(google.violations()).isEmpty();
    }

    private String run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CreatesAnExperiment.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(MLFLOW|GOOGLE|GCE|CLOUDSDK)_.*"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("MLFLOW_TRACKING_URI", google.uri().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the program ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void fromEnvironmentNeedsNoCode() throws Exception {
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_AUTH", "iap",
                "MLFLOW_IAP_AUDIENCE", google.clientId(),
                "GOOGLE_APPLICATION_CREDENTIALS",
                        google.writeKeyFile(trainer, folder).toString());

        assertThat(run(environment)).contains("experiment 7");
    }

    @Test
    void withMlflowsOwnUsersToo() throws Exception {
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_AUTH", "IAP",
                "MLFLOW_IAP_CLIENT_ID", google.clientId(),
                "MLFLOW_TRACKING_USERNAME", "ada",
                "MLFLOW_TRACKING_PASSWORD", "lovelace",
                "GOOGLE_APPLICATION_CREDENTIALS",
                        google.writeKeyFile(trainer, folder).toString());

        assertThat(run(environment)).contains("experiment 7");
        assertThat(iap.arrived().get(0).get("Authorization")).containsExactly("Basic YWRhOmxvdmVsYWNl");
    }

    @Test
    void forIapFindsTheIdentityOfTheMachine() throws Exception {
        google.metadataAccount(trainer);

        assertThat(run(Map.of("GCE_METADATA_HOST", google.metadataHost()), google.clientId()))
                .contains("experiment 7");
    }

    @Test
    void aTokenThatContradictsIsNamed() throws Exception {
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_AUTH", "iap",
                "MLFLOW_IAP_AUDIENCE", google.clientId(),
                "MLFLOW_TRACKING_TOKEN", "topsecret");

        assertThat(run(environment))
                .contains("MLFLOW_TRACKING_AUTH=iap makes its own tokens, but MLFLOW_TRACKING_TOKEN")
                .doesNotContain("topsecret");
    }

    @Test
    void withoutCredentialsTheProgramEndsWithASentence() throws Exception {
        assertThat(run(Map.of("NO_GCE_CHECK", "true"), google.clientId()))
                .contains("No Google credentials found (looked at GOOGLE_APPLICATION_CREDENTIALS: not set; gcloud file "
                        + folder);
    }
}
