package io.github.mlflowauth.http.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;

/** One client's share of a pool. The last lease to be closed closes the pool. Thread-safe. */
final class PoolLease implements AutoCloseable {
    private final HttpPool pool;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    PoolLease(HttpPool pool, Runnable giveBack) {
        this.pool = pool;
        this.giveBack = giveBack;
    }

    /** For API calls: the request timeout for each read and write. */
    OkHttpClient client() {
        requireOpen();
        return pool.client();
    }

    /** For artifact bodies: the stall timeout for each read and write, over the same connections. */
    OkHttpClient bulkClient() {
        requireOpen();
        return pool.bulkClient();
    }

    /**
     * Waits for the right to use a connection. Close the permit when the answer has been read.
     *
     * @param wait the longest wait
     * @throws NoFreeConnectionException if none became free in that time, or the thread was interrupted (its interrupt
     *     flag stays set)
     * @throws IllegalStateException if this lease is closed
     */
    Permit permit(Duration wait) throws NoFreeConnectionException {
        requireOpen();
        pool.acquire(wait);
        return new Permit(pool);
    }

    /** Gives the lease back; a call that is under way still ends. Only the first call does anything. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("This MLflow client is closed: make a new one, or close it later.");
        }
    }

    /** The right to use one connection. */
    static final class Permit implements AutoCloseable {
        private final HttpPool pool;
        private final AtomicBoolean released = new AtomicBoolean();

        private Permit(HttpPool pool) {
            this.pool = pool;
        }

        /** Lets the next one have the connection. Only the first call does anything. */
        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                pool.release();
            }
        }
    }
}
