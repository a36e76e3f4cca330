package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the container ends, and what it outlives. */
@Requires(Component.DOCKER)
class LifeTest {
    @ParameterizedTest
    @ValueSource(strings = {"nginx: master", "nginx: worker", "mlflow server", "-m uvicorn"})
    void whenOneProcessIsKilledAllEnd(String victim) {
        try (Gate gate = Gate.start()) {
            // The two looks after which a worker is known.
            await().atMost(Duration.ofSeconds(10)).until(() -> uptime(gate, victim) > 3);
            gate.signal("KILL", pid(gate, victim));

            assertThat(gate.exitCodeWithin(Duration.ofSeconds(5))).isNotZero();
            assertThat(gate.logs()).contains("ending everything");
        }
    }

    @Test
    void askedToStopItFinishesTheRequestUnderWay() throws IOException {
        try (Gate gate = Gate.start();
                Socket socket = new Socket("localhost", gate.port())) {
            String body = "{\"name\": \"under way\"}";
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + Http.basic(Gate.USER, Gate.PASSWORD)
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body.substring(0, 5))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(gate.http().get("/health").statusCode()).isEqualTo(200);

            gate.signalPid1("TERM");
            await().atMost(Duration.ofSeconds(5)).until(() -> gate.logs().contains("finishing the requests"));
            out.write(body.substring(5).getBytes(StandardCharsets.US_ASCII));
            out.flush();

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("experiment_id");
            assertThat(gate.exitCodeWithin(Duration.ofSeconds(10))).isZero();
        }
    }

    @Test
    void aRequestThatNeverEndsHoldsTheStopUpForTenSecondsAtMost() throws IOException {
        try (Gate gate = Gate.start();
                Socket socket = new Socket("localhost", gate.port())) {
            socket.getOutputStream()
                    .write(("POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + Http.basic(Gate.USER, Gate.PASSWORD) + "\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(gate.http().get("/health").statusCode()).isEqualTo(200);

            gate.signalPid1("TERM");

            assertThat(gate.exitCodeWithin(Duration.ofSeconds(10))).isZero();
        }
    }

    @Test
    void toldAllAtOnceItEndsCleanly() {
        try (Gate gate = Gate.start()) {
            gate.signal("TERM", "-1; kill -TERM 1");

            assertThat(gate.exitCodeWithin(Duration.ofSeconds(10))).isIn(0L, 143L);
        }
    }

    @Test
    void notOneProcessIsLeftOver() {
        try (Gate gate = Gate.startAmongAllProcesses()) {
            List<String> pids = gate.hostPids();
            assertThat(pids).hasSizeGreaterThan(5).allMatch(pid -> Files.exists(Path.of("/proc", pid)));

            gate.signal("TERM", String.join(" ", pids));

            assertThat(gate.exitCodeWithin(Duration.ofSeconds(10))).isIn(0L, 143L);
            assertThat(pids).noneMatch(pid -> Files.exists(Path.of("/proc", pid)));
        }
    }

    @Test
    void aRestartOfPostgresIsSurvived() {
        try (Gate gate = Gate.start()) {
            assertThat(status(gate)).isEqualTo(200);

            Backends.restartPostgres();

            await().atMost(Duration.ofSeconds(30)).until(() -> status(gate) == 200);
            assertThat(gate.state().getRunning()).isTrue();
        }
    }

    private static int status(Gate gate) {
        return gate.http().api("experiments/search", "{\"max_results\": 1}").statusCode();
    }

    private static String pid(Gate gate, String commandLine) {
        return gate.processes().entrySet().stream()
                .filter(process -> process.getValue().contains(commandLine))
                .map(Map.Entry::getKey)
                .min(Integer::compare)
                .map(String::valueOf)
                .orElseThrow();
    }

    private static long uptime(Gate gate, String commandLine) {
        return Long.parseLong(
                gate.shell("awk -v now=\"$(cut -d ' ' -f 1 /proc/uptime)\" '{ print int(now - $22 / 100) }' /proc/"
                        + pid(gate, commandLine) + "/stat"));
    }
}
