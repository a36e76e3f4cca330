package io.github.mlflowauth.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.mlflow.tracking.MlflowClient;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One logged metric after the other on a client that is in use. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls start() before anything else.
public class WarmCallBenchmark {
    @Param
    Side side;

    private StubServer server;
    private MlflowClient client;

    @Setup
    public void start() throws IOException {
        server = new StubServer();
        client = side.client(server.uri());
    }

    @Benchmark
    public void logMetric() {
        client.logMetric("run", "loss", 0.5);
    }

    @TearDown
    public void stop() {
        client.close();
        server.close();
    }
}
