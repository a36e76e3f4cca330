package io.github.mlflowauth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulated day of requests, one each five seconds, against a bad token service and a gate that rotates keys. */
class CachingTokenSourceDayTest {
    private static final Duration STEP = Duration.ofSeconds(5);

    private final SimulatedTime time = new SimulatedTime();
    private final Instant start = time.instant();
    private final List<BearerToken> issued = new ArrayList<>();
    private final List<Runnable> hanging = new ArrayList<>();
    private int failures;
    private int refusals;

    private int keyAt(Instant moment) {
        long hours = Duration.between(start, moment).toHours();
        return hours < 7 ? 1 : hours < 15 ? 2 : 3;
    }

    private boolean gateAccepts(BearerToken token) {
        return token.value().startsWith("key-" + keyAt(time.instant()) + "-")
                && token.expiresAt().orElseThrow().isAfter(time.instant());
    }

    private BearerToken mint(Random random, int failurePercent) throws IOException {
        if (random.nextInt(100) < failurePercent) {
            failures++;
            throw new IOException("The token service failed.");
        }
        BearerToken token = BearerToken.of(
                "key-" + keyAt(time.instant()) + "-" + issued.size(),
                time.instant().plus(Duration.ofHours(1)));
        issued.add(token);
        return token;
    }

    private boolean request(CachingTokenSource cache) {
        try {
            BearerToken token = cache.token(Duration.ofMillis(1));
            if (gateAccepts(token)) {
                return true;
            }
            refusals++;
            cache.reject(token);
            return gateAccepts(cache.token(Duration.ofMillis(1)));
        } catch (IOException noToken) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5, 7, 9})
    void noRequestFailsThatAValidTokenCouldHaveServed(long seed) {
        int served = servedOnADay(seed, 10);

        assertThat(served).isBetween(17_280 - 30, 17_280);
        assertThat(failures).isPositive();
        assertThat(refusals).isBetween(2, 20);
        assertThat(issued).hasSizeBetween(24, 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5, 7, 9})
    void evenWhenMostFetchesFail(long seed) {
        int served = servedOnADay(seed, 85);

        assertThat(served).isBetween(16_000, 17_280);
        assertThat(failures).isGreaterThan(50);
    }

    private int servedOnADay(long seed, int failurePercent) {
        Random random = new Random(seed);
        CachingTokenSource cache = CachingTokenSource.builder(() -> mint(random, failurePercent))
                .clock(time)
                .ticker(time::nanos)
                .executor(task -> {
                    if (random.nextInt(100) < 2) {
                        hanging.add(task);
                    } else {
                        task.run();
                    }
                })
                .build();
        int requests = 0;
        int served = 0;
        for (Instant end = start.plus(Duration.ofHours(24)); time.instant().isBefore(end); time.pass(STEP)) {
            requests++;
            if (request(cache)) {
                served++;
            } else {
                assertThat(issued).noneMatch(this::gateAccepts);
            }
            if (requests % 1000 == 0) {
                hanging.forEach(Runnable::run);
                hanging.clear();
            }
        }
        return served;
    }
}
