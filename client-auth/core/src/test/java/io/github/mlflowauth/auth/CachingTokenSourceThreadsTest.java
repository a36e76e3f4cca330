package io.github.mlflowauth.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 64 real threads at once. */
class CachingTokenSourceThreadsTest {
    private static final int THREADS = 64;

    private final SimulatedTime time = new SimulatedTime();
    private final AtomicInteger minted = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    private final CachingTokenSource cache = CachingTokenSource.builder(this::mintWhenAllWait)
            .clock(time)
            .ticker(time::nanos)
            .build();

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    /** Answers only once every caller is under way, so that none comes when the cache is warm already. */
    private BearerToken mintWhenAllWait() {
        await().pollInterval(Duration.ofMillis(1)).until(() -> arrived.get() % THREADS == 0);
        return BearerToken.of(
                "token-" + minted.incrementAndGet(), time.instant().plus(Duration.ofHours(1)));
    }

    private List<String> all(Callable<BearerToken> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            answers.add(callers.submit(() -> {
                start.await();
                arrived.incrementAndGet();
                return call.call().value();
            }));
        }
        start.countDown();
        List<String> values = new ArrayList<>();
        for (Future<String> answer : answers) {
            values.add(answer.get());
        }
        return values;
    }

    @Test
    void coldCacheMintsOnce() throws Exception {
        assertThat(all(cache::token)).hasSize(THREADS).containsOnly("token-1");
        assertThat(minted).hasValue(1);
    }

    @Test
    void expiryMintsOnce() throws Exception {
        all(cache::token);
        time.pass(Duration.ofHours(1));

        assertThat(all(cache::token)).containsOnly("token-2");
        assertThat(minted).hasValue(2);
    }

    @Test
    void softExpiryMintsOnceAndNobodyWaits() throws Exception {
        all(cache::token);
        time.pass(Duration.ofMinutes(57));
        arrived.set(1); // the source doesn't answer before the callers have theirs

        assertThat(all(cache::token)).containsOnly("token-1");

        arrived.set(0);
        await().until(() -> cache.token().value().equals("token-2"));
        assertThat(minted).hasValue(2);
    }

    @Test
    void aStormOfRefusalsMintsOnce() throws Exception {
        all(cache::token);
        BearerToken refused = cache.token();

        Callable<BearerToken> replay = () -> {
            cache.reject(refused);
            return cache.token();
        };

        assertThat(all(replay)).containsOnly("token-2");
        assertThat(all(replay)).as("answers to the old token that come late").containsOnly("token-2");
        assertThat(minted).hasValue(2);
    }

    @Test
    void aHangingSourceIsInterruptedAndItsThreadIsADaemon() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        List<Boolean> daemon = new ArrayList<>();
        TokenSource hanging = () -> {
            daemon.add(Thread.currentThread().isDaemon());
            try {
                never.await();
            } catch (InterruptedException stop) {
                interrupted.countDown();
                throw new IOException("stopped", stop);
            }
            throw new IOException("can't be");
        };
        CachingTokenSource impatient = CachingTokenSource.builder(hanging)
                .fetchTimeout(Duration.ofMillis(20))
                .build();

        assertThat(callers.submit(() -> {
                            try {
                                return impatient.token().value();
                            } catch (IOException expected) {
                                return expected.getMessage();
                            }
                        })
                        .get())
                .isEqualTo("The token source didn't answer within 0.02 s and was given up. Check its network.");
        await().until(() -> interrupted.getCount() == 0);
        assertThat(daemon).containsExactly(true);
    }
}
