package io.github.mlflowauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LocalMlflowServerTest {
    private static final String USER = "boss";
    private static final String PASSWORD = "p%ss word-9 é";

    @RegisterExtension
    static final MlflowServerExtension EXTENSION = MlflowServerExtension.with(LocalMlflowServer.builder()
            .basicAuthApp(USER, PASSWORD)
            .staticPrefix("/pre")
            .allowedHosts("localhost:*", "127.0.0.1:*", "mlflow.example.com"));

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void letsTheAdministratorIn(LocalMlflowServer server) throws Exception {
        assertThat(server.uri()).hasHost("127.0.0.1").hasPath("/pre");
        HttpResponse<String> version = get(server, "/version", USER + ":" + PASSWORD);
        assertThat(version.statusCode()).isEqualTo(200);
        assertThat(version.body()).isEqualTo(server.version().number());
    }

    @Test
    void asksEverybodyElseToLogIn(LocalMlflowServer server) throws Exception {
        assertThat(get(server, "/version", USER + ":wrong password").statusCode())
                .isEqualTo(401);
    }

    @Test
    void pythonInTheSameVenvTalksToIt(LocalMlflowServer server) {
        String script = "import mlflow, sys\nprint(sys.argv[1], mlflow.create_experiment('from python é'))";
        assertThat(server.python().run(script, "made")).isEqualTo("made 1\n");
    }

    @Test
    void aFailingScriptShowsTheEndOfItsErrorOutput(LocalMlflowServer server) {
        MlflowPython python =
                server.python().withoutEnv("MLFLOW_TRACKING_PASSWORD").env("WHO", "nobody");
        assertThatThrownBy(() -> python.run("import os\nraise SystemExit('I am ' + os.environ['WHO'])"))
                .isInstanceOf(MlflowServerException.class)
                .hasMessage("The Python script ended with code 1. Its error output ends with:\nI am nobody");
    }

    @Test
    void noProcessShowsASecretInItsArguments(LocalMlflowServer server) throws IOException {
        List<ProcessHandle> processes = ProcessHandle.current().descendants().collect(Collectors.toList());
        StringBuilder arguments = new StringBuilder();
        for (ProcessHandle process : processes) {
            Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            arguments.append(Files.exists(file) ? Files.readString(file) : "");
        }
        assertThat(arguments.toString()).contains("basic-auth").doesNotContain(PASSWORD);
        assertThat(server.log()).content().doesNotContain(PASSWORD);
    }

    @Test
    void aTakenPortIsNamed(LocalMlflowServer server) {
        int port = server.uri().getPort();
        assertThatThrownBy(() -> LocalMlflowServer.builder().port(port).start())
                .isInstanceOf(MlflowServerException.class)
                .hasMessageContaining("Port " + port + " of 127.0.0.1 is taken by another program")
                .hasMessageContaining("leave the port out to get a free one");
    }

    @Test
    void aServerThatDiesAtStartKeepsItsLogAndShowsItsEnd() throws IOException {
        assertThatThrownBy(() ->
                        LocalMlflowServer.builder().options("--no-such-option").start())
                .isInstanceOfSatisfying(MlflowServerException.class, e -> {
                    assertThat(e).hasMessageContaining("MLflow 3.17.2 ended with code 2 before it answered.");
                    assertThat(e).hasMessageContaining("No such option");
                    assertThat(logIn(e)).content().contains("No such option");
                    deleteFolderOf(e);
                });
    }

    @Test
    void aServerThatStaysSilentIsGivenUp() {
        assertThatThrownBy(() -> LocalMlflowServer.builder()
                        .startTimeout(Duration.ofMillis(1))
                        .start())
                .isInstanceOf(MlflowServerException.class)
                .hasMessageContaining("did not answer within 0 s. Its log is kept in ")
                .satisfies(LocalMlflowServerTest::deleteFolderOf);
    }

    @Test
    void badSettingsAreRefusedBeforeAnythingStarts() {
        LocalMlflowServer.Builder builder = LocalMlflowServer.builder();
        assertThatThrownBy(() -> builder.basicAuthApp("u", "short"))
                .hasMessageContaining("at least 12 characters")
                .hasMessageNotContaining("short\"");
        assertThatThrownBy(() -> builder.port(70_000)).hasMessageContaining("from 1 to 65535, not 70000");
        assertThatThrownBy(() -> builder.staticPrefix("pre/")).hasMessageContaining("must start with /");
        assertThatThrownBy(() -> builder.workers(0)).hasMessageContaining("at least 1");
    }

    @Test
    void theOlderLineRunsTooAndEndsWithAllItsFiles() throws Exception {
        LocalMlflowServer server = LocalMlflowServer.builder()
                .version(MlflowVersion.V2_22)
                .basicAuthApp(USER, PASSWORD)
                .workers(2)
                .start();
        try (server) {
            assertThat(get(server, "/version", USER + ":" + PASSWORD).body()).isEqualTo("2.22.5");
        }
        assertThat(server.isRunning()).isFalse();
        assertThat(server.log().getParent()).doesNotExist();
        server.close();
    }

    private static void deleteFolderOf(Throwable e) {
        try {
            Folders.delete(logIn(e).resolveSibling(""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path logIn(Throwable e) {
        return Path.of(String.valueOf(e.getMessage()).replaceAll("(?s).*kept in (\\S+);.*", "$1"));
    }

    private HttpResponse<String> get(LocalMlflowServer server, String path, String userAndPassword) throws Exception {
        String basic = Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .header("Authorization", "Basic " + basic)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
