package io.github.mlflowauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.IapEmulatorExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples, which {@link ReadmeTest} compares and runs. */
final class ReadmeExamples {
    private static final URI application = URI.create("http://127.0.0.1:9");

    private ReadmeExamples() {}

    private static void train(URI server) throws Exception {
        String basic = Base64.getEncoder().encodeToString("admin:a long password".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/runs/create"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"experiment_id\":\"0\"}"))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    static class TrainingTest {
        @RegisterExtension
        static final MlflowServerExtension mlflow =
                MlflowServerExtension.with(LocalMlflowServer.builder().basicAuthApp("admin", "a long password"));

        @Test
        void logsARun(LocalMlflowServer server) throws Exception {
            train(server.uri());
            String seen =
                    server.python().run("import mlflow; print(len(mlflow.search_runs(search_all_experiments=True)))");
            assertThat(seen).isEqualTo("1\n");
        }
    }

    static class GateTest {
        @RegisterExtension
        static final IapEmulatorExtension emulator =
                IapEmulatorExtension.with(() -> IapEmulator.builder().upstream(application));

        @Test
        void getsThrough(IapEmulator iap, @TempDir Path folder) {
            String account = iap.addServiceAccount("trainer");
            iap.grantAccess(account);
            Map<String, String> environment = iap.environmentWithKeyFile(account, folder);
            // a client with that environment asks for a token for iap.clientId() and calls iap.uri()
            assertThat(Files.exists(Path.of(environment.get("GOOGLE_APPLICATION_CREDENTIALS"))))
                    .isTrue();
        }
    }
}
