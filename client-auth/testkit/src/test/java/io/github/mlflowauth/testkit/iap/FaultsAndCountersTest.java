package io.github.mlflowauth.testkit.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.testkit.iap.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsAndCountersTest {
    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T12:00:00Z"));
    private EchoApp app;
    private IapEmulator iap;
    private String token;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        iap = IapEmulator.builder().upstream(app.uri()).clock(clock).start();
        iap.grantAccess("a@example.com");
        token = "Bearer " + iap.idToken("a@example.com", iap.clientId());
    }

    @AfterEach
    void stop() {
        iap.close();
        app.close();
    }

    @Test
    void scriptedFaultsComeInTheirOrderAndThenAllIsWellAgain() throws IOException {
        iap.fault(
                Face.IAP,
                Fault.status(503),
                Fault.none(),
                Fault.status(429, Duration.ofSeconds(7)),
                Fault.iapRefusal(401, "Invalid IAP credentials: once"));
        assertThat(get().status()).isEqualTo(503);
        assertThat(get().status()).isEqualTo(201);
        assertThat(get().header("Retry-After")).isEqualTo("7");
        Reply refused = get();
        assertThat(refused.body()).isEqualTo("Invalid IAP credentials: once");
        assertThat(refused.header("X-Goog-IAP-Generated-Response")).isEqualTo("true");
        assertThat(get().status()).isEqualTo(201);
        assertThat(iap.requests(Face.IAP)).isEqualTo(5);
    }

    @Test
    void garbageAndEmptinessAre200() throws IOException {
        iap.fault(Face.METADATA, Fault.garbage(), Fault.empty());
        URI metadata = URI.create("http://" + iap.metadataHost());
        assertThat(Requests.get(metadata).body()).startsWith("<html>");
        Reply empty = Requests.get(metadata);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void aCutConnectionBringsNoAnswer() {
        iap.fault(Face.STS, Fault.cut(), Fault.cut());
        assertThatThrownBy(() -> Requests.get(iap.stsUri())).isInstanceOf(IOException.class);
    }

    @Test
    void aSlowFaceAnswersLater() throws IOException {
        iap.fault(Face.IAP, Fault.slow(Duration.ofMillis(300)));
        long start = System.nanoTime();
        assertThat(get().status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aHangLastsUntilTheEmulatorCloses() {
        iap.fault(Face.IAP, Fault.hang(), Fault.hang());
        CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> {
            try {
                return get();
            } catch (IOException e) {
                return e;
            }
        });
        await().until(() -> iap.requests(Face.IAP) > 0);
        assertThat(call).isNotDone();
        iap.close();
        await().until(call::isDone);
        assertThat(call.join()).isInstanceOf(IOException.class);
    }

    @Test
    void aStandingFaultIsAskedForEachRequestUntilItIsCleared() throws IOException {
        AtomicInteger count = new AtomicInteger();
        iap.faultAlways(Face.IAP, () -> count.incrementAndGet() % 2 == 0 ? Fault.status(500) : Fault.none());
        assertThat(get().status()).isEqualTo(201);
        assertThat(get().status()).isEqualTo(500);
        assertThat(get().status()).isEqualTo(201);
        iap.clearFaults();
        assertThat(get().status()).isEqualTo(201);
        assertThat(count).hasValue(3);
    }

    @Test
    void everyAnswerIsDatedByTheEmulatorsClock() throws IOException {
        assertThat(get().header("Date")).isEqualTo("Tue, 24 Nov 2026 12:00:00 GMT");
        clock.advance(Duration.ofDays(1));
        assertThat(Requests.get(iap.tokenUri()).header("Date")).isEqualTo("Wed, 25 Nov 2026 12:00:00 GMT");
    }

    @Test
    void tokensMadeFromNowOnLiveAsLongAsIsSaid() throws IOException {
        iap.tokenLifetime(Duration.ofSeconds(90));
        token = "Bearer " + iap.idToken("a@example.com", iap.clientId());
        clock.advance(Duration.ofSeconds(89));
        assertThat(get().status()).isEqualTo(201);
        clock.advance(Duration.ofSeconds(1));
        assertThat(get().status()).isEqualTo(401);
    }

    @Test
    void requestsAreCountedPerToken() throws IOException {
        get();
        get();
        token = "Bearer " + iap.idToken("a@example.com", iap.clientId());
        get();
        Map<String, Integer> counts = iap.requestsPerToken();
        assertThat(counts.values()).containsExactlyInAnyOrder(2, 1);
        assertThat(counts.keySet()).noneMatch(token::contains);
        assertThat(iap.tokensMade()).isEqualTo(2);
    }

    @Test
    void aPostThatReachesTheApplicationTwiceIsNoticed() throws IOException {
        for (int i = 0; i < 2; i++) {
            Requests.post(iap.uri(), "create", "Authorization", token);
            Requests.send("PUT", iap.uri(), "file", "Authorization", token);
            Requests.post(iap.uri(), "create " + i, "Authorization", token);
            Requests.post(iap.uri(), "refused", "Authorization", "Bearer x");
        }
        assertThat(iap.forwardedMoreThanOnce()).containsExactly("POST / (2 times)");
    }

    private Reply get() throws IOException {
        return Requests.get(iap.uri(), "Authorization", token);
    }
}
