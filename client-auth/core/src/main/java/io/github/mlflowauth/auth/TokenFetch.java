package io.github.mlflowauth.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a token source, shared by all who wait for its result. */
final class TokenFetch {
    private final CompletableFuture<CachedToken> result = new CompletableFuture<>();
    private final long startedAt;
    private @Nullable Thread runner;
    private boolean abandoned;

    TokenFetch(long startedAt) {
        this.startedAt = startedAt;
    }

    long startedAt() {
        return startedAt;
    }

    /** Marks the calling thread as the one that {@link #abandon} interrupts. */
    synchronized void begin() {
        runner = Thread.currentThread();
        if (abandoned) {
            // On a busy machine the time can be up before the thread has come here.
            runner.interrupt();
        }
    }

    /** Ends what {@link #begin} began, and says whether the fetch had been abandoned meanwhile. */
    synchronized boolean end() {
        runner = null;
        return abandoned;
    }

    /** Interrupts the source and lets the waiting threads go. */
    synchronized void abandon(IOException why) {
        abandoned = true;
        if (runner != null) {
            runner.interrupt();
        }
        result.completeExceptionally(why);
    }

    void succeed(CachedToken token) {
        result.complete(token);
    }

    void fail(IOException why) {
        result.completeExceptionally(why);
    }

    /**
     * Waits for the result.
     *
     * @return null if it isn't there in time
     * @throws IOException a new exception for each waiting thread, with the source's message
     */
    @Nullable
    CachedToken await(long nanos) throws IOException {
        try {
            return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return null;
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException(cause.getMessage(), cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            InterruptedIOException stop = new InterruptedIOException("Interrupted while waiting for a token.");
            stop.initCause(interrupted);
            throw stop;
        }
    }
}
