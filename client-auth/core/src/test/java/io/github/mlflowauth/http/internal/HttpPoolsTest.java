package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.http.TransportSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpPoolsTest {
    private static final TransportSettings TWO =
            TransportSettings.builder().maxConnections(2).build();

    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(RawServer.always(RawServer.json("{}")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void equalSettingsShareOnePoolAndOthersDoNot() {
        try (PoolLease one = HttpPools.open(TWO);
                PoolLease same = HttpPools.open(TWO.toBuilder().build());
                PoolLease other =
                        HttpPools.open(TWO.toBuilder().maxConnections(3).build())) {
            assertThat(same.client()).isSameAs(one.client());
            assertThat(other.client().connectionPool()).isNotSameAs(one.client().connectionPool());
        }
    }

    @Test
    void bothClientsUseTheSameConnectionsWithTheirOwnTimeouts() throws IOException {
        TransportSettings settings = TransportSettings.builder()
                .connectTimeout(Duration.ofSeconds(1))
                .requestTimeout(Duration.ofSeconds(2))
                .stallTimeout(Duration.ofSeconds(3))
                .build();
        try (PoolLease lease = HttpPools.open(settings)) {
            get(lease.client());
            get(lease.bulkClient());
            assertThat(server.connections()).isEqualTo(1);
            assertThat(timeouts(lease.client())).containsExactly(1000, 2000, 2000, 0);
            assertThat(timeouts(lease.bulkClient())).containsExactly(1000, 3000, 3000, 0);
        }
    }

    @Test
    void theEngineDoesNothingByItself() {
        try (PoolLease lease = HttpPools.open(TWO)) {
            OkHttpClient client = lease.client();
            assertThat(client.followRedirects()).isFalse();
            assertThat(client.followSslRedirects()).isFalse();
            assertThat(client.retryOnConnectionFailure()).isFalse();
            assertThat(client.cache()).isNull();
            assertThat(client.cookieJar()).isSameAs(okhttp3.CookieJar.NO_COOKIES);
            assertThat(client.authenticator()).isSameAs(okhttp3.Authenticator.NONE);
            assertThat(client.proxyAuthenticator()).isSameAs(okhttp3.Authenticator.NONE);
            assertThat(client.pingIntervalMillis()).isZero();
        }
    }

    @Test
    void closingOneNeverBreaksAnother() throws IOException {
        PoolLease first = HttpPools.open(TWO);
        try (PoolLease second = HttpPools.open(TWO)) {
            get(first.client());
            first.close();
            first.close();
            first.close();
            get(second.client());
            assertThat(server.connections()).as("the open connection lives on").isEqualTo(1);
        }
    }

    @Test
    void theLastLeaseClosesThePool() throws IOException {
        PoolLease lease = HttpPools.open(TWO);
        OkHttpClient client = lease.client();
        get(client);
        assertThat(client.connectionPool().connectionCount()).isEqualTo(1);
        lease.close();
        assertThat(client.connectionPool().connectionCount()).isZero();
        assertThat(client.dispatcher().executorService().isShutdown()).isTrue();
        try (PoolLease next = HttpPools.open(TWO)) {
            assertThat(next.client()).isNotSameAs(client);
            get(next.client());
        }
    }

    @Test
    void aClosedLeaseSaysSo() {
        PoolLease lease = HttpPools.open(TWO);
        lease.close();
        String sentence = "This MLflow client is closed: make a new one, or close it later.";
        assertThatIllegalStateException().isThrownBy(lease::client).withMessage(sentence);
        assertThatIllegalStateException().isThrownBy(lease::bulkClient).withMessage(sentence);
        assertThatIllegalStateException()
                .isThrownBy(() -> lease.permit(Duration.ZERO))
                .withMessage(sentence);
    }

    @Test
    void aCallThatIsUnderWayOutlivesTheCloseAndLeavesNoConnection() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer slow = new RawServer((n, socket, out) -> {
            asked.countDown();
            awaitUninterruptibly(go);
            out.write(RawServer.json("{}").getBytes());
        })) {
            PoolLease lease = HttpPools.open(TWO);
            ConnectionPool connections = lease.client().connectionPool();
            OkHttpClient client = lease.client();
            var thread = Executors.newSingleThreadExecutor();
            Future<Integer> status = thread.submit(() -> {
                try (PoolLease.Permit permit = lease.permit(Duration.ZERO);
                        Response response = client.newCall(request(slow)).execute()) {
                    return response.body().string().length();
                }
            });
            asked.await();
            lease.close();
            go.countDown();
            assertThat(status.get()).isEqualTo(2);
            assertThat(connections.connectionCount()).isZero();
            thread.shutdown();
        }
    }

    @Test
    void permitsAreAsManyAsConnectionsAndComeBack() throws Exception {
        try (PoolLease lease = HttpPools.open(TWO);
                PoolLease.Permit first = lease.permit(Duration.ZERO)) {
            PoolLease.Permit second = lease.permit(Duration.ZERO);
            assertThatExceptionOfType(NoFreeConnectionException.class)
                    .isThrownBy(() -> lease.permit(Duration.ofMillis(20)))
                    .withMessage("All 2 connections were busy for 20 ms. Raise maxConnections"
                            + " (MLFLOW_HTTP_POOL_MAXSIZE), or call from fewer threads");
            second.close();
            second.close();
            lease.permit(Duration.ZERO).close();
            PoolLease.Permit again = lease.permit(Duration.ZERO);
            assertThatExceptionOfType(NoFreeConnectionException.class)
                    .as("a permit that is closed twice comes back once")
                    .isThrownBy(() -> lease.permit(Duration.ZERO));
            again.close();
            assertThat(first).isNotNull();
        }
    }

    @Test
    void anInterruptedWaitEndsAndKeepsTheFlag() throws Exception {
        try (PoolLease lease = HttpPools.open(TWO);
                PoolLease.Permit first = lease.permit(Duration.ZERO);
                PoolLease.Permit second = lease.permit(Duration.ZERO)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(NoFreeConnectionException.class)
                    .isThrownBy(() -> lease.permit(Duration.ofMinutes(1)))
                    .withMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(List.of(first, second)).doesNotContainNull();
        }
    }

    @Test
    void manyThreadsOpenNoMoreConnectionsThanTheCap() throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        try (PoolLease lease = HttpPools.open(TWO)) {
            for (int i = 0; i < 64; i++) {
                Thread thread = new Thread(() -> {
                    try (PoolLease.Permit permit = lease.permit(Duration.ofSeconds(30))) {
                        get(lease.client());
                        done.incrementAndGet();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(done).hasValue(64);
        assertThat(server.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void aThousandOpenedAndClosedLeaveThreadsAndSocketsAndHeapFlat() throws IOException {
        openCallClose(50);
        long threadsBefore = threadsBesideTheServers();
        long heapBefore = usedHeap();
        openCallClose(1_000);
        await().untilAsserted(() -> assertThat(threadsBesideTheServers()).isLessThanOrEqualTo(threadsBefore + 2));
        await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
        assertThat(usedHeap() - heapBefore).isLessThan(3_000_000);
        assertThat(server.connections()).isEqualTo(1_050);
    }

    /** The server's threads are as many as its connections happened to overlap; they say nothing about the pools. */
    private static long threadsBesideTheServers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().equals("raw-server"))
                .count();
    }

    @Test
    void noThreadKeepsTheJvmAlive() throws Exception {
        try (PoolLease lease = HttpPools.open(TWO)) {
            get(lease.client());
            boolean daemon = lease.client()
                    .dispatcher()
                    .executorService()
                    .submit(() -> Thread.currentThread().isDaemon())
                    .get();
            assertThat(daemon).isTrue();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().matches("(?i).*(okhttp|okio|mlflow-http).*"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void aPlainSocketHasNoDelay() throws IOException {
        boolean[] noDelay = new boolean[1];
        try (PoolLease lease = HttpPools.open(TWO)) {
            OkHttpClient watched = lease.client()
                    .newBuilder()
                    .addNetworkInterceptor(chain -> {
                        noDelay[0] = chain.connection().socket().getTcpNoDelay();
                        return chain.proceed(chain.request());
                    })
                    .build();
            get(watched);
        }
        assertThat(noDelay[0]).isTrue();
    }

    @Test
    void theNextAddressIsTriedWhereTheFirstRefuses() throws IOException {
        InetAddress nobodyListens = InetAddress.getByName("127.0.0.2");
        InetAddress right = InetAddress.getByName("127.0.0.1");
        try (PoolLease lease = HttpPools.open(TWO)) {
            OkHttpClient client = lease.client()
                    .newBuilder()
                    .dns(host -> List.of(nobodyListens, right))
                    .build();
            Request request = new Request.Builder()
                    .url("http://mlflow.example.com:" + server.uri().getPort())
                    .build();
            try (Response response = client.newCall(request).execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    private void openCallClose(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (PoolLease lease = HttpPools.open(TWO)) {
                get(lease.client());
            }
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<Integer> timeouts(OkHttpClient client) {
        return List.of(
                client.connectTimeoutMillis(),
                client.readTimeoutMillis(),
                client.writeTimeoutMillis(),
                client.callTimeoutMillis());
    }

    private void get(OkHttpClient client) throws IOException {
        try (Response response = client.newCall(request(server)).execute()) {
            assertThat(response.body().string()).isEqualTo("{}");
        }
    }

    private static Request request(RawServer server) {
        return new Request.Builder().url(server.uri().toString()).build();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
