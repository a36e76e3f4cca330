package io.github.mlflowauth.benchmarks;

import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.iap.IapAuth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a request to carry a token for Identity-Aware Proxy while the token is fresh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IapHeaderBenchmark {
    private static final URI SERVER = URI.create("https://mlflow.example.com");
    private static final AuthRequest REQUEST = AuthRequest.of("POST", SERVER, Duration.ofHours(1));

    private RequestAuth auth = request -> Map.of();

    /** A key made here signs one token, without any network. */
    @Setup
    public void fetchTheToken() throws IOException, GeneralSecurityException {
        byte[] key = keyFile().getBytes(StandardCharsets.UTF_8);
        auth = IapAuth.forAudience("https://mlflow.example.com/*")
                .withKey(() -> new ByteArrayInputStream(key))
                .create(AuthSettings.of(SERVER, Map.of()).withEnvironment(Map.of()));
        auth.headers(REQUEST);
    }

    private static String keyFile() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return "{\"type\":\"service_account\",\"client_id\":\"1\",\"client_email\":\"sa@p.iam.gserviceaccount.com\","
                + "\"private_key_id\":\"1\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(key) + "\\n-----END PRIVATE KEY-----\\n\"}";
    }

    /** One thread. */
    @Benchmark
    public Map<String, String> warmHeader() throws IOException {
        return auth.headers(REQUEST);
    }

    /** As many threads as the machine runs at once, on one client. */
    @Benchmark
    @Threads(Threads.MAX)
    public Map<String, String> warmHeaderOnAllCores() throws IOException {
        return auth.headers(REQUEST);
    }
}
