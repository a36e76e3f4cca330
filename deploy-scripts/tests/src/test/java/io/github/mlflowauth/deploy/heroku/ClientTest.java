package io.github.mlflowauth.deploy.heroku;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.contract.ClientContract;
import io.github.mlflowauth.contract.PythonContract;
import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The client's whole contract through the container, with PostgreSQL and S3 behind it; and MLflow's Python client. */
@Requires(Component.DOCKER)
class ClientTest extends ClientContract implements PythonContract {
    @SuppressWarnings("NullAway.Init")
    private static Gate gate;

    @BeforeAll
    static void start() {
        gate = Gate.start();
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.forBasicAuth(gate.uri().toString(), Gate.USER, Gate.PASSWORD);
    }

    /**
     * The Python of the image, in a container beside the server, because its client takes downloads straight from S3
     * under the name that the server knows it by. It shares the host's temporary files.
     */
    @Override
    public String python(String script, List<String> arguments) {
        String temporary = System.getProperty("java.io.tmpdir");
        List<String> line = new ArrayList<>(List.of(
                "docker",
                "run",
                "--rm",
                "-i",
                "--network",
                Backends.NETWORK.getId(),
                "--user",
                "0:0",
                "-v",
                temporary + ":" + temporary));
        line.addAll(List.of("-e", "MLFLOW_TRACKING_URI=" + gate.uriWithin()));
        line.addAll(List.of("-e", "MLFLOW_TRACKING_USERNAME=" + Gate.USER));
        line.addAll(List.of("-e", "MLFLOW_TRACKING_PASSWORD=" + Gate.PASSWORD));
        line.addAll(List.of("-e", "PYTHONUTF8=1", Gate.image(), "python", "-"));
        line.addAll(arguments);
        return Command.of(line)
                .input(script)
                .within(Duration.ofMinutes(2))
                .succeed()
                .out();
    }
}
