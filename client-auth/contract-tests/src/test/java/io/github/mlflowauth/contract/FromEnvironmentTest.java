package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fromEnvironment()} in a JVM of its own, with a real environment. */
class FromEnvironmentTest {
    private static NginxGate gate;

    @TempDir
    private Path home;

    @BeforeAll
    static void openGate() {
        gate = NginxGate.basicAuth(Servers.open().uri().getPort(), Secrets.USER, Secrets.PASSWORD);
    }

    @AfterAll
    static void closeGate() {
        gate.close();
    }

    @Test
    void userAndPasswordComeFromVariables() throws Exception {
        String printed = run(Map.of(
                "MLFLOW_TRACKING_URI", gate.uri(),
                "MLFLOW_TRACKING_USERNAME", Secrets.USER,
                "MLFLOW_TRACKING_PASSWORD", Secrets.PASSWORD));

        assertLogged(printed, gate.uri());
    }

    @Test
    void userAndPasswordComeFromTheCredentialsFile() throws Exception {
        writeCredentials(Secrets.PASSWORD);

        String printed = run(Map.of("MLFLOW_TRACKING_URI", gate.uri()));

        assertLogged(printed, gate.uri());
    }

    @Test
    void aVariableWinsOverTheCredentialsFile() throws Exception {
        writeCredentials(Secrets.WRONG_PASSWORD);

        String printed = run(Map.of("MLFLOW_TRACKING_URI", gate.uri(), "MLFLOW_TRACKING_PASSWORD", Secrets.PASSWORD));

        assertLogged(printed, gate.uri());
    }

    @Test
    void userAndPasswordInTheUriAreUsedAndNotShown() throws Exception {
        String userInfo = Secrets.USER + ":"
                + URLEncoder.encode(Secrets.PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");

        String printed = run(Map.of("MLFLOW_TRACKING_URI", "http://" + userInfo + "@127.0.0.1:" + gate.port()));

        assertLogged(printed, gate.uri());
        assertThat(printed).doesNotContain(userInfo);
    }

    @Test
    void aTokenForTheGateAndAPasswordForTheApp() throws Exception {
        try (NginxGate outer =
                NginxGate.bearerBesideApp(Servers.withUsers().uri().getPort(), Secrets.GATE_TOKEN)) {
            String printed = run(Map.of(
                    "MLFLOW_TRACKING_URI", outer.uri(),
                    "MLFLOW_TRACKING_AUTH", "bearer",
                    "MLFLOW_TRACKING_TOKEN", Secrets.GATE_TOKEN,
                    "MLFLOW_TRACKING_USERNAME", Secrets.ADMIN,
                    "MLFLOW_TRACKING_PASSWORD", Secrets.ADMIN_PASSWORD));

            assertThat(printed).contains(outer.uri() + " has run ");
        }
    }

    @Test
    void anUnknownKindOfAuthIsAnErrorAndNoRequest() throws Exception {
        String before = gate.accessLog();

        String printed = run(Map.of("MLFLOW_TRACKING_URI", gate.uri(), "MLFLOW_TRACKING_AUTH", "carrier-pigeon"));

        assertThat(printed).contains("IllegalArgumentException").contains("carrier-pigeon");
        assertThat(gate.accessLog()).isEqualTo(before);
    }

    private void writeCredentials(String password) throws IOException {
        FileTrees.write(
                home.resolve(".mlflow/credentials"),
                ("[mlflow]\nmlflow_tracking_username = " + Secrets.USER + "\nmlflow_tracking_password = " + password
                                + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void assertLogged(String printed, String uri) {
        assertThat(printed).contains(uri + " has run ").doesNotContain(Secrets.all());
        String runId = printed.replaceAll("(?s).* has run (\\w+).*", "$1");
        try (AuthMlflowClient client = MlflowClients.builder()
                .trackingUri(Servers.open().uri().toString())
                .build()) {
            assertThat(client.getRun(runId).getData().getParamsList())
                    .anyMatch(param -> param.getValue().equals("environment"));
        }
    }

    private String run(Map<String, String> environment) throws Exception {
        Path output = home.resolve("output.txt");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + home,
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EnvironmentProgram.class.getName(),
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        java.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_"));
        java.environment().put("LC_ALL", "C.UTF-8");
        java.environment().putAll(environment);
        Process process = java.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }
}
