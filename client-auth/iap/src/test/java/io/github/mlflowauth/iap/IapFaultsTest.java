package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.iap.Face;
import io.github.mlflowauth.testkit.iap.Fault;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong at Google's side, and how the client lives with it. */
class IapFaultsTest {
    private static final int THREADS = 64;

    private final SetClock time = new SetClock();
    private final EmulatedIap iap = new EmulatedIap(time, time);
    private final IapEmulator google = iap.emulator();
    private final String trainer = iap.account("trainer");
    private final Path folder;

    IapFaultsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        iap.close();
        assertThat(google.violations()).isEmpty();
        assertThat(google.forwardedMoreThanOnce()).isEmpty();
    }

    private AuthMlflowClient client() {
        return iap.client(IapAuth.forAudience(google.clientId()), google.environmentWithKeyFile(trainer, folder));
    }

    private static void passes(AuthMlflowClient client, String name) {
        assertThat(client.createExperiment(name)).isEqualTo("7");
    }

    private static List<String> together(Callable<String> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            answers.add(threads.submit(() -> {
                start.await();
                return call.call();
            }));
        }
        start.countDown();
        List<String> values = new ArrayList<>();
        for (Future<String> answer : answers) {
            values.add(answer.get());
        }
        threads.shutdown();
        return values;
    }

    @Test
    void sixtyFourThreadsMintOnceColdOnceAtExpiryAndOnceAfterARotation() throws Exception {
        try (AuthMlflowClient client = client()) {
            Callable<String> call =
                    () -> client.createExperiment("x" + Thread.currentThread().getId() + System.nanoTime());

            assertThat(together(call)).hasSize(THREADS).containsOnly("7");
            assertThat(google.tokensMade()).isEqualTo(1);

            time.pass(Duration.ofMinutes(61));
            assertThat(together(call)).hasSize(THREADS).containsOnly("7");
            assertThat(google.tokensMade()).isEqualTo(2);

            google.rotateKeys();
            google.dropOldKeys();
            assertThat(together(call)).hasSize(THREADS).containsOnly("7");
            assertThat(google.tokensMade()).isEqualTo(3);
        }
    }

    @Test
    void oneRefusalIsMendedByANewToken() {
        try (AuthMlflowClient client = client()) {
            passes(client, "a");
            google.fault(Face.IAP, Fault.iapRefusal(401, "Invalid IAP credentials: JWT signature is invalid"));
            passes(client, "b");
        }
        assertThat(google.tokensMade()).isEqualTo(2);
    }

    @Test
    void aRedirectForAGoodLookingTokenIsMendedByANewToken() {
        try (AuthMlflowClient client = client()) {
            passes(client, "a");
            google.fault(
                    Face.IAP,
                    Fault.answer(
                            302,
                            "",
                            java.util.Map.of(
                                    "X-Goog-IAP-Generated-Response",
                                    "true",
                                    "Location",
                                    google.accountsUri() + "/o/oauth2/v2/auth?client_id=x")));
            passes(client, "b");
        }
        assertThat(google.requests(Face.ACCOUNTS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void aTokenServiceThatFailsTwiceIsNotNoticed(int status) {
        google.fault(Face.TOKEN, Fault.status(status), Fault.status(status));
        try (AuthMlflowClient client = client()) {
            passes(client, "a");
        }
        assertThat(google.requests(Face.TOKEN)).isEqualTo(3);
    }

    @Test
    void aConnectionThatIsCutIsTriedAgain() {
        google.fault(Face.TOKEN, Fault.cut());
        try (AuthMlflowClient client = client()) {
            passes(client, "a");
        }
    }

    @Test
    void aCaptivePortalIsNamed() {
        google.fault(Face.TOKEN, Fault.garbage());
        try (AuthMlflowClient client = client()) {
            assertThatThrownBy(() -> client.createExperiment("a"))
                    .hasMessageContaining(
                            "answered without an ID token: a proxy or captive portal may stand in between");
            google.fault(Face.TOKEN, Fault.empty());
            assertThatThrownBy(() -> client.createExperiment("a")).hasMessageContaining("captive portal");
            passes(client, "after that");
        }
    }

    @Test
    void aTokenServiceThatIsDownCostsNothingWhileTheTokenIsValid() {
        try (AuthMlflowClient client = client()) {
            passes(client, "a");
            google.faultAlways(Face.TOKEN, () -> Fault.status(503));
            for (int minute = 56; minute < 60; minute++) {
                time.pass(minute == 56 ? Duration.ofMinutes(56) : Duration.ofMinutes(1));
                passes(client, "minute " + minute);
            }
            time.pass(Duration.ofMinutes(2));
            assertThatThrownBy(() -> client.createExperiment("too late"))
                    .hasMessageContaining("gave " + trainer)
                    .hasMessageContaining("no ID token (HTTP 503");
            google.clearFaults();
            passes(client, "up again");
        }
    }

    @Test
    void tokensOfNinetySecondsServe() {
        google.tokenLifetime(Duration.ofSeconds(90));
        try (AuthMlflowClient client = client()) {
            for (int i = 0; i < 20; i++) {
                passes(client, "request " + i);
                time.pass(Duration.ofSeconds(20));
            }
        }
        assertThat(google.tokensMade()).isBetween(4, 20);
    }

    @ParameterizedTest(name = "client clock {0} min off")
    @ValueSource(ints = {-10, 10})
    void aClockThatIsTenMinutesOffIsNamed(int minutes) throws IOException {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
        try (EmulatedIap off = new EmulatedIap(Clock.systemUTC(), wrong)) {
            String account = off.account("trainer");
            boolean selfSigned = true;
            try (AuthMlflowClient client = off.client(
                    IapAuth.forAudience(off.audience(selfSigned)),
                    off.emulator().environmentWithKeyFile(account, folder))) {
                if (minutes < 0) {
                    passes(client, "a token of ten minutes ago is still valid");
                } else {
                    assertThatThrownBy(() -> client.createExperiment("x"))
                            .hasMessageContaining("This machine's clock is ")
                            .hasMessageContaining(" s ahead of Google's: set it");
                }
            }
        }
    }

    /** The background refresh runs in real time, the day in simulated time; so each step waits for nothing. */
    @Test
    void aDayWithABadTokenServiceAndTwoRotations() {
        Random random = new Random(9);
        AtomicInteger hangs = new AtomicInteger();
        google.faultAlways(Face.TOKEN, () -> {
            int luck = random.nextInt(100);
            if (luck < 2) {
                hangs.incrementAndGet();
                return Fault.hang();
            }
            return luck < 12 ? Fault.status(503) : Fault.none();
        });
        try (AuthMlflowClient client = client()) {
            for (int minute = 0; minute < 24 * 60; minute++) {
                if (minute == 7 * 60 || minute == 15 * 60) {
                    google.rotateKeys();
                    google.dropOldKeys();
                }
                passes(client, "minute " + minute);
                time.pass(Duration.ofMinutes(1));
            }
        }
        assertThat(google.tokensMade()).isBetween(24, 40);
        assertThat(hangs).hasPositiveValue();
    }
}
