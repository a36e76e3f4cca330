package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Images;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where secrets may not show: arguments of any program at any moment, logs, the image, other users' files. */
@Requires(Component.DOCKER)
class SecretsTest {
    private static final List<String> SECRETS = List.of(
            Gate.PASSWORD,
            Base64.getEncoder().encodeToString((Gate.USER + ":" + Gate.PASSWORD).getBytes(StandardCharsets.UTF_8)),
            Gate.AWS_SECRET,
            Backends.POSTGRES_PASSWORD);

    @Test
    void noProgramEverHasASecretInItsArguments() {
        Settings settings = Gate.settings().with("DATABASE_URL", Backends.url(Backends.emptyDatabase()));

        try (Gate gate = Gate.start(settings, Images.traced(Gate.image()))) {
            work(gate);
            String arguments = gate.shell("grep -oE 'execve\\(\"[^\"]*\", \\[.*\\]' /tmp/exec.trace");

            assertThat(arguments)
                    .contains("\"openssl\", \"passwd\"", "\"nginx\"", "\"base64\"", "database.py\", \"migrate\"")
                    .contains("\"server\"", "uvicorn");
            assertThat(arguments).doesNotContain(SECRETS);
            assertThat(gate.logs()).contains("Uvicorn running").doesNotContain(SECRETS);
        }
    }

    @Test
    void filesWithSecretsAreTheServersOwnAndNginxHasNoneInItsEnvironment() {
        try (Gate gate = Gate.start()) {
            String holders = gate.shell("cd /tmp && grep -rlFe \"$BASIC_AUTH_PASSWORD\" -e \"$(printf '%s:%s' "
                    + "\"$BASIC_AUTH_USER\" \"$BASIC_AUTH_PASSWORD\" | base64 -w 0 | cut -c 1-20)\" . | "
                    + "xargs stat -c '%a %n'");
            assertThat(holders.lines()).allMatch(line -> line.matches("600 \\./gate\\.\\w+/right-password\\.map"));
            assertThat(holders).isNotBlank();
            assertThat(gate.shell("stat -c %a /tmp/gate.*")).isEqualTo("700");

            for (var process : gate.processes().entrySet()) {
                String environment = gate.shell("tr '\\0' '\\n' </proc/" + process.getKey() + "/environ");
                if (process.getValue().startsWith("nginx")) {
                    assertThat(environment).doesNotContain(SECRETS);
                } else if (process.getValue().contains("mlflow server")
                        || process.getValue().contains("uvicorn")) {
                    assertThat(environment).contains(Gate.AWS_SECRET).doesNotContain(Gate.PASSWORD);
                }
            }
        }
    }

    @Test
    void dockerInspectShowsThemOnlyInTheGivenEnvironment() throws IOException {
        try (Gate gate = Gate.start()) {
            JsonNode container = new ObjectMapper()
                    .readTree(
                            Command.of("docker", "inspect", gate.id()).succeed().out())
                    .get(0);
            ((ObjectNode) container.get("Config")).remove("Env");

            assertThat(container.toString()).contains("mlflow-gate").doesNotContain(SECRETS);
        }
    }

    @Test
    void theImageItselfHoldsNone() {
        String history = Command.of("docker", "history", "--no-trunc", Gate.image())
                .succeed()
                .out();
        String config = Command.of("docker", "inspect", Gate.image()).succeed().out();

        assertThat(history + config).doesNotContain(SECRETS).doesNotContain("BASIC_AUTH_PASSWORD");
        assertThat(config).contains("\"User\": \"10001:0\"", "org.opencontainers.image.title", "\"Healthcheck\"");
    }

    private static void work(Gate gate) {
        assertThat(gate.http().api("experiments/search", "{\"max_results\": 1}").statusCode())
                .isEqualTo(200);
        assertThat(gate.http()
                        .get("/", "Authorization", Http.basic(Gate.USER, "wrong"))
                        .statusCode())
                .isEqualTo(401);
    }
}
