package io.github.mlflowauth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlflow.tracking.MlflowClient;

/** That the benchmark runs; what it measures is for a quiet machine. */
class ColdStartTest {
    @Test
    void oneRoundRunsBothSides() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ColdStart.run(1, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("STOCK first metric  median \\d+ ms .* n=1\\)")
                .containsPattern("OURS first metric  median \\d+ ms .* n=1\\)");
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesReallyReachTheServer(Side side) throws Exception {
        try (StubServer server = new StubServer();
                MlflowClient client = side.client(server.uri())) {
            client.logMetric("run", "loss", 0.5);
            assertThat(server.answered()).isEqualTo(1);
        }
    }
}
