package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Metric;

/** A deployment in the middle of a training job: every process is told to stop, and a new container takes over. */
@Requires(Component.DOCKER)
class NewContainerTest {
    private static final int STEPS = 400;

    private final String database = Backends.migratedDatabase();
    private final Settings settings = Gate.settings().with("DATABASE_URL", Backends.url(database));

    @Test
    void aJobOfRepeatableCallsRunsThrough() throws Exception {
        int port = freePort();
        Gate first = Gate.startOn(port, settings);
        try (AuthMlflowClient client = client(port)) {
            String run = client.createRun(client.createExperiment("job")).getRunId();
            AtomicInteger done = new AtomicInteger();
            CompletableFuture<Void> job = CompletableFuture.runAsync(() -> {
                for (int step = 0; step < STEPS; step++) {
                    client.logMetric(run, "loss", step, 1_700_000_000_000L + step, step);
                    done.incrementAndGet();
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> done.get() > STEPS / 10);

            first.signal("TERM", "-1; kill -TERM 1");
            first.exitCodeWithin(Duration.ofSeconds(10));
            int before = done.get();
            first.close();
            try (Gate second = Gate.startOn(port, settings)) {
                job.get(2, java.util.concurrent.TimeUnit.MINUTES);

                assertThat(second.state().getRunning()).isTrue();
                assertThat(before).as("steps before the new container").isLessThan(STEPS);
                assertThat(client.getMetricHistory(run, "loss"))
                        .extracting(Metric::getStep)
                        .hasSize(STEPS)
                        .doesNotHaveDuplicates();
            }
        } finally {
            first.close();
        }
    }

    @Test
    void aCreateUnderWayEndsAsMaybeCreated() throws Exception {
        int port = freePort();
        try (Gate gate = Gate.startOn(port, settings);
                AuthMlflowClient client = client(port)) {
            client.createExperiment("warm");
            Process lock = holdLock(database);
            CompletableFuture<String> create =
                    CompletableFuture.supplyAsync(() -> client.createExperiment("under way"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !Backends.sql(
                                    database,
                                    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND query LIKE '%INSERT INTO experiments%'")
                            .isEmpty());

            gate.signal("TERM", "-1; kill -TERM 1");

            assertThatThrownBy(() -> create.get(20, java.util.concurrent.TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("may have been created");
            assertThat(gate.exitCodeWithin(Duration.ofSeconds(10))).isIn(0L, 143L);
            lock.destroy();
        }
    }

    /** Until it is destroyed nobody writes to the table of experiments. */
    private static Process holdLock(String database) throws IOException {
        Process process = new ProcessBuilder(
                        "docker",
                        "exec",
                        "-e",
                        "PGPASSWORD=" + Backends.POSTGRES_PASSWORD,
                        Backends.POSTGRES.getContainerId(),
                        "psql",
                        "-h",
                        "127.0.0.1",
                        "-U",
                        "postgres",
                        "-d",
                        database,
                        "-c",
                        "BEGIN; LOCK TABLE experiments IN EXCLUSIVE MODE; SELECT pg_sleep(60)")
                .start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Backends.sql(
                                database,
                                "SELECT 1 FROM pg_locks WHERE mode = 'ExclusiveLock'"
                                        + " AND relation = 'experiments'::regclass")
                        .equals("1"));
        return process;
    }

    private static AuthMlflowClient client(int port) {
        return MlflowClients.forBasicAuth("http://localhost:" + port, Gate.USER, Gate.PASSWORD);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
