package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.TransportSettings;
import java.util.HashMap;
import java.util.Map;

/** The pools of this JVM: one for each {@link TransportSettings}, open as long as somebody holds a lease of it. */
final class HttpPools {
    private static final Map<TransportSettings, Shared> OPEN = new HashMap<>();

    private HttpPools() {}

    /**
     * Opens the shared pool of these settings, or joins it. No connection is made before the first request.
     *
     * @throws IllegalArgumentException if a file that the TLS settings name is missing or wrong
     * @throws IllegalStateException if an OkHttp that is too old comes first on the class path
     */
    static PoolLease open(TransportSettings settings) {
        OkHttpVersion.check();
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(settings, key -> new Shared(HttpPool.create(key)));
            shared.leases++;
            return new PoolLease(shared.pool, () -> giveBack(settings, shared));
        }
    }

    private static void giveBack(TransportSettings settings, Shared shared) {
        synchronized (OPEN) {
            shared.leases--;
            if (shared.leases > 0) {
                return;
            }
            OPEN.remove(settings);
        }
        shared.pool.close();
    }

    /** A pool and how many hold it; guarded by {@code OPEN}. */
    private static final class Shared {
        private final HttpPool pool;
        private int leases;

        Shared(HttpPool pool) {
            this.pool = pool;
        }
    }
}
