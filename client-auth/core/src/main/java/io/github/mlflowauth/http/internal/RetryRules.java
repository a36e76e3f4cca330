package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The retry table: what may be sent again after what.
 *
 * <p>Two columns. A <em>repeatable</em> call (reads, log-batch, tags, updates, deletes, artifact PUT) does no harm when
 * it is done twice. Anything else may have created something, so it is sent again only where it surely did nothing.
 */
final class RetryRules {
    private static final int MAX_RETRIES_AFTER_500 = 2;
    private static final double MAX_DELAY_SECONDS = 60;

    private final RetrySettings settings;
    private final DoubleSupplier random;

    RetryRules(RetrySettings settings) {
        this(settings, () -> ThreadLocalRandom.current().nextDouble());
    }

    RetryRules(RetrySettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * How long to wait before the call is sent again.
     *
     * @param retries how often it was sent again already
     * @return empty when it must not be
     */
    Optional<Duration> delayBeforeRetry(boolean repeatable, Outcome<?> outcome, int retries) {
        if (retries >= settings.maxRetries() || !mayRetry(repeatable, outcome, retries)) {
            return Optional.empty();
        }
        Duration backOff = backOff(retries + 1);
        return Optional.of(asksToWait(outcome) ? outcome.retryAfter().orElse(backOff) : backOff);
    }

    private static boolean mayRetry(boolean repeatable, Outcome<?> outcome, int retries) {
        switch (outcome.kind()) {
            case NEVER_SENT:
                return true;
            case BROKEN:
                return repeatable;
            case ANSWERED:
                return mayRetryAnswer(repeatable, outcome, retries);
            default:
                return false;
        }
    }

    private static boolean mayRetryAnswer(boolean repeatable, Outcome<?> outcome, int retries) {
        int status = outcome.status();
        if (status >= 500 && outcome.answer().map(Answer::namesPermanentCause).orElse(false)) {
            return false;
        }
        switch (status) {
            case 429:
                return true;
            case 503:
                // Without Retry-After it may be Heroku's H12, behind which the app goes on.
                return repeatable || outcome.retryAfter().isPresent();
            case 408:
            case 502:
            case 504:
                return repeatable;
            case 500:
                return repeatable && retries < MAX_RETRIES_AFTER_500;
            default:
                return false;
        }
    }

    private static boolean asksToWait(Outcome<?> outcome) {
        return outcome.status() == 429 || outcome.status() == 503;
    }

    /** Random in [d/2, d], with d doubling from the factor up to a minute; without jitter exactly d. */
    private Duration backOff(int retry) {
        double full = Math.min(MAX_DELAY_SECONDS, settings.backoffFactor() * Math.pow(2, retry - 1));
        double seconds = settings.backoffJitter() == 0 ? full : full * (0.5 + random.getAsDouble() / 2);
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
