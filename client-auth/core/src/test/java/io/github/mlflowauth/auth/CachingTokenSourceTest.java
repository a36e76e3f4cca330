package io.github.mlflowauth.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** One thread, simulated time; the test runs the background work by hand. */
class CachingTokenSourceTest {
    private static final Duration SHORT = Duration.ofMillis(5);

    private final SimulatedTime time = new SimulatedTime();
    private final ScriptedSource source = new ScriptedSource(time);
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final CachingTokenSource inline = builder().executor(Runnable::run).build();
    private final CachingTokenSource manual =
            builder().executor(background::add).build();

    private CachingTokenSourceBuilder builder() {
        return CachingTokenSource.builder(source).clock(time).ticker(time::nanos);
    }

    private static IOException outage() {
        return new IOException("The token service is down.");
    }

    private void fillManualCache() throws IOException {
        time.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> manual.token(Duration.ZERO)).hasMessageContaining("busy");
        background.remove().run();
        assertThat(manual.token().value()).isEqualTo("token-1");
    }

    @Test
    void aFreshTokenIsAskedForOnce() throws IOException {
        BearerToken first = inline.token();
        time.pass(Duration.ofMinutes(56));

        assertThat(inline.token()).isSameAs(first);
        assertThat(source.asked()).isEqualTo(1);
    }

    @Test
    void ofKeepsACacheAsItIs() {
        assertThat(CachingTokenSource.of(inline)).isSameAs(inline);
        assertThat(CachingTokenSource.of(source)).isNotSameAs(source);
    }

    @Test
    void theExpiryOfAJwtIsItsOwnExp() throws IOException {
        long exp = time.instant().plusSeconds(600).getEpochSecond();
        source.then(() -> BearerToken.of(JwtTest.jwt("{\"exp\":" + exp + "}")));

        assertThat(inline.token().expiresAt().orElseThrow().getEpochSecond()).isEqualTo(exp);
        time.pass(Duration.ofSeconds(600 - 225 - 1));
        inline.token();
        assertThat(source.asked()).isEqualTo(1);
    }

    @Test
    void whatTheSourceGivesGoesBeforeTheJwtsExp() throws IOException {
        String jwt = JwtTest.jwt("{\"exp\":" + time.instant().plusSeconds(600).getEpochSecond() + "}");
        source.then(() -> BearerToken.of(jwt, time.instant().plusSeconds(3600)));

        assertThat(inline.token().expiresAt()).contains(time.instant().plusSeconds(3600));
    }

    @Test
    void aTokenOfUnknownExpiryIsAskedForAtEachAttempt() throws IOException {
        source.then(() -> BearerToken.of("opaque-1")).then(() -> BearerToken.of("opaque-2"));

        assertThat(inline.token().value()).isEqualTo("opaque-1");
        assertThat(inline.token().value()).isEqualTo("opaque-2");
    }

    @Test
    void insideTheSoftMarginTheOldTokenServesWhileOneRefreshRuns() throws IOException {
        fillManualCache();
        time.pass(Duration.ofMinutes(57));

        assertThat(manual.token().value()).isEqualTo("token-1");
        assertThat(manual.token().value()).isEqualTo("token-1");
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(manual.token().value()).isEqualTo("token-2");
        assertThat(background).isEmpty();
    }

    @Test
    void aFailedSoftRefreshIsTriedAgainAfterAboutHalfAMinute() throws IOException {
        inline.token();
        time.pass(Duration.ofMinutes(57));
        source.then(() -> {
            throw outage();
        });

        assertThat(inline.token().value()).isEqualTo("token-1");
        time.pass(Duration.ofSeconds(23));
        assertThat(inline.token().value()).isEqualTo("token-1");
        assertThat(source.asked()).isEqualTo(2);
        time.pass(Duration.ofSeconds(14));
        inline.token();
        assertThat(source.asked()).isEqualTo(3);
        assertThat(inline.token().value()).isEqualTo("token-3");
    }

    @Test
    void aSourceThatHandsOutTheSameTokenAgainIsNotAskedAtEachAttempt() throws IOException {
        BearerToken cachedElsewhere = inline.token();
        time.pass(Duration.ofMinutes(57));
        source.then(() -> cachedElsewhere);

        for (int attempt = 0; attempt < 100; attempt++) {
            inline.token();
        }

        assertThat(source.asked()).isEqualTo(2);
    }

    @Test
    void shortLivedTokensDoNotMakeEveryAttemptAFetch() throws IOException {
        for (int i = 0; i < 50; i++) {
            source.then(() -> BearerToken.of("short", time.instant().plusSeconds(40)));
        }

        for (int attempt = 0; attempt < 100; attempt++) {
            inline.token();
            time.pass(Duration.ofMillis(100));
        }

        assertThat(source.asked()).isBetween(2, 4);
    }

    @Test
    void insideTheHardMarginATokenThatIsStillValidSurvivesAnOutage() throws IOException {
        inline.token();
        time.pass(Duration.ofMinutes(59).plusSeconds(30));
        source.then(() -> {
            throw outage();
        });

        assertThat(inline.token().value()).isEqualTo("token-1");
        assertThat(inline.token().value()).isEqualTo("token-1");
        assertThat(source.asked()).isEqualTo(2);
        time.pass(Duration.ofSeconds(6));
        assertThat(inline.token().value()).isEqualTo("token-3");
    }

    @Test
    void insideTheHardMarginAHangingSourceCostsHalfOfTheWaitAtMost() throws IOException {
        fillManualCache();
        time.pass(Duration.ofMinutes(59).plusSeconds(30));

        assertThat(manual.token(SHORT).value()).isEqualTo("token-1");
        assertThat(background).hasSize(1);
    }

    @Test
    void anExpiredTokenIsNeverUsedAndTheOutageIsTold() throws IOException {
        inline.token();
        time.pass(Duration.ofHours(1));
        source.then(() -> {
            throw outage();
        });

        assertThatThrownBy(inline::token).isInstanceOf(IOException.class).hasMessage("The token service is down.");
        assertThat(inline.token().value()).isEqualTo("token-3");
    }

    @Test
    void waitingEndsWithTheCallersTimeAndSaysWhatItWaitedFor() {
        assertThatThrownBy(() -> manual.token(SHORT))
                .isInstanceOf(IOException.class)
                .hasMessage("No token within 0.005 s: the token source has been busy for 0.0 s."
                        + " Check its network, or allow the call more time.");
    }

    @Test
    void aHangingFetchIsGivenUpAndAnotherStartedButNeverMoreThanThree() {
        for (int hanging = 1; hanging <= 3; hanging++) {
            assertThatThrownBy(() -> manual.token(Duration.ZERO)).hasMessageContaining("busy");
            assertThat(background).hasSize(hanging);
            time.pass(Duration.ofSeconds(31));
        }

        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> manual.token(Duration.ZERO))
                    .hasMessage("3 earlier calls of the token source still hang, so no other is started before one of"
                            + " them ends. Check the source's network, and give it a timeout.");
        }
        assertThat(background).hasSize(3);
    }

    @Test
    void whatALateFetchBringsIsUsed() throws IOException {
        assertThatThrownBy(() -> manual.token(Duration.ZERO)).hasMessageContaining("busy");
        time.pass(Duration.ofSeconds(31));
        assertThatThrownBy(() -> manual.token(Duration.ZERO)).hasMessageContaining("busy");

        background.remove().run();

        assertThat(manual.token(SHORT).value()).isEqualTo("token-1");
    }

    @Test
    void aWaitLongerThanTheFetchTimeoutEndsWithIt() {
        CachingTokenSource impatient = CachingTokenSource.builder(source)
                .executor(background::add)
                .fetchTimeout(SHORT)
                .build();

        assertThatThrownBy(() -> impatient.token(Duration.ofMinutes(10)))
                .hasMessage("The token source didn't answer within 0.005 s and was given up. Check its network.");
    }

    @Test
    void rejectDropsTheTokenAndTellsTheSourceOnce() throws IOException {
        BearerToken first = inline.token();

        inline.reject(first);
        inline.reject(BearerToken.of(first.value()));

        assertThat(source.rejected()).containsExactly(first);
        assertThat(inline.token().value()).isEqualTo("token-2");
    }

    @Test
    void rejectOfAnotherTokenChangesNothing() throws IOException {
        BearerToken first = inline.token();
        inline.reject(first);
        BearerToken second = inline.token();

        inline.reject(first);

        assertThat(inline.token()).isSameAs(second);
        assertThat(source.asked()).isEqualTo(2);
    }

    @Test
    void aSourceThatInsistsOnTheRejectedTokenIsNotAskedAtEachRefusal() throws IOException {
        BearerToken stubborn = inline.token();
        source.then(() -> stubborn).then(() -> stubborn);

        for (int refusal = 0; refusal < 100; refusal++) {
            inline.reject(stubborn);
            assertThat(inline.token().value()).isEqualTo(stubborn.value());
        }
        assertThat(source.asked()).isEqualTo(2);

        time.pass(Duration.ofSeconds(37));
        inline.reject(stubborn);
        inline.token();
        assertThat(source.asked()).isEqualTo(3);
    }

    @Test
    void aRefreshThatBringsTheTokenRejectedMeanwhileLooksOnceMore() throws IOException {
        BearerToken old = inline.token();
        time.pass(Duration.ofMinutes(57));
        source.then(() -> {
            inline.reject(old);
            return old;
        });

        assertThat(inline.token()).isSameAs(old);

        assertThat(inline.token().value()).isEqualTo("token-3");
    }

    @Test
    void aRejectedTokenIsNoFallbackWhenTheRefreshFails() throws IOException {
        inline.reject(inline.token());
        source.then(() -> {
            throw outage();
        });

        assertThatThrownBy(inline::token).hasMessage("The token service is down.");
    }

    @Test
    void aTokenThatAnotherThreadBroughtAMomentAgoIsSeen() throws IOException {
        Deque<Runnable> betweenLookAndLock = new ArrayDeque<>();
        CachingTokenSource cache = builder()
                .executor(Runnable::run)
                .ticker(time::nanos)
                .clock(new ForwardingClock(time, () -> {
                    Runnable once = betweenLookAndLock.poll();
                    if (once != null) {
                        once.run();
                    }
                }))
                .build();
        betweenLookAndLock.add(() -> assertThatCode(cache::token).doesNotThrowAnyException());

        assertThat(cache.token().value()).isEqualTo("token-1");
        assertThat(source.asked()).isEqualTo(1);
    }

    @Test
    void aTokenExpiredOnArrivalNamesTheClock() {
        source.then(() -> BearerToken.of("secret-token", time.instant().minusSeconds(600)));

        assertThatThrownBy(inline::token)
                .isInstanceOf(IOException.class)
                .hasMessage("The token source gave a token that expired at 2026-11-24T11:50:00Z, 600.0 s before it"
                        + " arrived. Check this machine's clock (it says 2026-11-24T12:00:00Z) and the source.");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aSourceThatReturnsNullIsNamed() {
        source.then(() -> null);

        assertThatThrownBy(inline::token).hasMessage("The token source returned null instead of a token.");
    }

    @Test
    void exceptionsAndErrorsOfTheSourceBecomeIoExceptions() throws IOException {
        source.then(() -> {
                    throw new IllegalStateException("internal");
                })
                .then(() -> {
                    throw new NoClassDefFoundError("com/example/Missing");
                });

        assertThatThrownBy(inline::token)
                .isInstanceOf(IOException.class)
                .hasMessage("The token source failed with java.lang.IllegalStateException: a bug in it, or in how it is"
                        + " used. See the cause.")
                .hasRootCauseMessage("internal");
        assertThatThrownBy(inline::token).hasMessageContaining("java.lang.NoClassDefFoundError");
        assertThat(inline.token().value()).isEqualTo("token-3");
    }

    @Test
    void aThreadThatCannotBeStartedIsAnIoExceptionAndNoLock() throws IOException {
        Deque<Error> failures = new ArrayDeque<>();
        failures.add(new OutOfMemoryError("unable to create native thread"));
        CachingTokenSource cache = builder()
                .executor(task -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    task.run();
                })
                .build();

        assertThatThrownBy(cache::token).hasMessageStartingWith("Starting the token source failed with");
        assertThat(cache.token().value()).isEqualTo("token-1");
    }

    @Test
    void anInterruptedCallerStopsWaitingAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(manual::token)
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("Interrupted while waiting for a token.");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void textShowsNoToken() throws IOException {
        String before = inline.toString();
        inline.token();

        assertThat(before).isEqualTo("CachingTokenSource{nothing cached}");
        assertThat(inline.toString()).contains("***").doesNotContain("token-1");
    }

    @Test
    void impossibleOptionsAreRefused() {
        assertThatThrownBy(() -> builder().margins(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("soft >= hard");
        assertThatThrownBy(() -> builder().maxWait(Duration.ZERO)).hasMessage("maxWait must be positive, but is PT0S.");
        assertThatThrownBy(() -> builder().fetchTimeout(Duration.ofSeconds(-1)))
                .hasMessage("fetchTimeout must be positive, but is PT-1S.");
    }

    /** Does something each time that the time is asked for. */
    private static final class ForwardingClock extends Clock {
        private final Clock clock;
        private final Runnable before;

        ForwardingClock(Clock clock, Runnable before) {
            this.clock = clock;
            this.before = before;
        }

        @Override
        public Instant instant() {
            before.run();
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return clock.withZone(zone);
        }
    }
}
