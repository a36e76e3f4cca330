package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;

/** Many threads on one client, with the connections counted at the socket. */
class ManyThreadsTest {
    private static final int THREADS = 64;
    private static final int CONNECTION_CAP = 10;

    @Test
    void manyThreadsShareTenConnectionsAndNothingIsMixedUp() throws Exception {
        try (NginxGate gate = NginxGate.basicAuth(Servers.open().uri().getPort(), Secrets.USER, Secrets.PASSWORD);
                CountingForwarder forwarder = new CountingForwarder(gate.port());
                AuthMlflowClient client = MlflowClients.forBasicAuth(forwarder.uri(), Secrets.USER, Secrets.PASSWORD)) {
            String experiment = client.createExperiment("threads-" + forwarder.port());

            Set<String> runIds = inParallel(client, experiment);

            assertThat(runIds).hasSize(THREADS);
            assertThat(client.listRunInfos(experiment)).hasSize(THREADS);
            assertThat(forwarder.peak()).isBetween(2, CONNECTION_CAP);
        }
    }

    private static Set<String> inParallel(AuthMlflowClient client, String experiment) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<String>> futures = IntStream.range(0, THREADS)
                    .mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        return train(client, experiment, thread);
                    }))
                    .toList();
            start.countDown();
            Set<String> runIds = new HashSet<>();
            for (Future<String> future : futures) {
                runIds.add(future.get());
            }
            return runIds;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Writes only this thread's number, and reads it back. */
    private static String train(AuthMlflowClient client, String experiment, int thread) {
        String runId = client.createRun(experiment).getRunId();
        client.logParam(runId, "thread", "number " + thread);
        List<Metric> metrics = IntStream.range(0, 10)
                .mapToObj(step -> Metric.newBuilder()
                        .setKey("m")
                        .setValue(thread)
                        .setTimestamp(1)
                        .setStep(step)
                        .build())
                .toList();
        client.logBatch(runId, metrics, List.of(), List.of());

        Run run = client.getRun(runId);
        assertThat(run.getInfo().getRunId()).isEqualTo(runId);
        assertThat(run.getData().getParamsList()).extracting(Param::getValue).containsExactly("number " + thread);
        assertThat(client.getMetricHistory(runId, "m")).hasSize(10).allMatch(metric -> metric.getValue() == thread);
        return runId;
    }
}
