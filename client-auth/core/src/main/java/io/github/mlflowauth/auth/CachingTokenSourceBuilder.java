package io.github.mlflowauth.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Options of a {@link CachingTokenSource}. Not thread-safe. */
public final class CachingTokenSourceBuilder {
    final TokenSource source;
    Clock clock = Clock.systemUTC();
    LongSupplier ticker = System::nanoTime;
    Executor executor = CachingTokenSourceBuilder::onDaemonThread;
    Duration softMargin = Duration.ofSeconds(225);
    Duration hardMargin = Duration.ofSeconds(60);
    Duration maxWait = Duration.ofSeconds(30);
    Duration fetchTimeout = Duration.ofSeconds(30);
    Duration pause = Duration.ofSeconds(30);

    CachingTokenSourceBuilder(TokenSource source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    private static void onDaemonThread(Runnable task) {
        Thread thread = new Thread(task, "mlflow-auth-token");
        thread.setDaemon(true);
        thread.start();
    }

    /** The clock that a token's expiry is compared with. Default: the system's. */
    public CachingTokenSourceBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * How long before a token's expiry its refresh starts in the background (default 3 min 45 s), and from when on
     * callers wait for it (default 60 s).
     */
    public CachingTokenSourceBuilder margins(Duration soft, Duration hard) {
        if (hard.isNegative() || soft.compareTo(hard) < 0) {
            throw new IllegalArgumentException(
                    "The margins must be soft >= hard >= 0, but soft is " + soft + " and hard is " + hard + ".");
        }
        softMargin = soft;
        hardMargin = hard;
        return this;
    }

    /** How long {@link CachingTokenSource#token()} waits at most. Default 30 s. */
    public CachingTokenSourceBuilder maxWait(Duration value) {
        maxWait = positive("maxWait", value);
        return this;
    }

    /** After how long a call of the source is interrupted and given up. Default 30 s. */
    public CachingTokenSourceBuilder fetchTimeout(Duration value) {
        fetchTimeout = positive("fetchTimeout", value);
        return this;
    }

    /** What measures waits and pauses, in nanoseconds. */
    CachingTokenSourceBuilder ticker(LongSupplier value) {
        ticker = value;
        return this;
    }

    /** What runs the source. */
    CachingTokenSourceBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value + ".");
        }
        return value;
    }

    /** The cache; it asks the source at the first call. */
    public CachingTokenSource build() {
        return new CachingTokenSource(this);
    }
}
