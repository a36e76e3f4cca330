package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Images;
import io.github.mlflowauth.deploy.Repository;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** local.sh brings up what a client can use, and takes it away again. */
@Requires(Component.DOCKER)
class LocalScriptTest {
    private static final String NAME = "mlflow-local-test";

    @Test
    void upAndDown() throws IOException {
        try {
            Command.Result up = local("up");
            assertThat(up.status()).as(up.all()).isZero();
            Properties printed = new Properties();
            printed.load(new java.io.StringReader(up.out()));

            Http http = new Http(URI.create(printed.getProperty("MLFLOW_TRACKING_URI")));
            String header = Http.basic(
                    printed.getProperty("MLFLOW_TRACKING_USERNAME"), printed.getProperty("MLFLOW_TRACKING_PASSWORD"));
            assertThat(http.get("/").statusCode()).isEqualTo(401);
            assertThat(http.get("/", "Authorization", header).statusCode()).isEqualTo(200);
            String path = "/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/a.txt";
            http.send(http.request(path, "Authorization", header)
                    .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("content")));
            assertThat(http.get(path, "Authorization", header).body()).isEqualTo("content");
        } finally {
            assertThat(local("down").status()).isZero();
        }
        assertThat(Command.of("docker", "ps", "-aq", "--filter", "name=" + NAME)
                        .succeed()
                        .out())
                .isEmpty();
    }

    private static Command.Result local(String what) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return Command.of(Repository.heroku().resolve("local.sh").toString(), what)
                .env(Map.of(
                        "LOCAL_NAME", NAME,
                        "PORT", String.valueOf(port),
                        "DOCKER_BUILDKIT", "0",
                        "BASE_IMAGE", Images.base(),
                        "POSTGRES_IMAGE", Images.services(),
                        "MOTO_IMAGE", Images.services(),
                        "MOTO_COMMAND", "/opt/tools/bin/moto_server -H 0.0.0.0 -p 5000"))
                .within(Duration.ofMinutes(5))
                .run();
    }
}
