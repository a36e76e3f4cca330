package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.TransportSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Interim: the connection part brings the real one. */
final class PoolLease implements AutoCloseable {
    private final OkHttpClient client;
    private final OkHttpClient bulk;
    private boolean closed;

    PoolLease(TransportSettings settings) {
        this.client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(settings.maxConnections(), 4, TimeUnit.SECONDS))
                .eventListenerFactory(SendWatch.FACTORY)
                .addNetworkInterceptor(FollowUps.HIDDEN)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.requestTimeout())
                .writeTimeout(settings.requestTimeout())
                .build();
        this.bulk = client.newBuilder()
                .readTimeout(settings.stallTimeout())
                .writeTimeout(settings.stallTimeout())
                .build();
    }

    OkHttpClient client() {
        return client;
    }

    OkHttpClient bulkClient() {
        return bulk;
    }

    Permit permit(Duration wait) throws NoFreeConnectionException {
        if (closed) {
            throw new IllegalStateException("This client is closed: make a new one.");
        }
        return new Permit();
    }

    @Override
    public void close() {
        closed = true;
    }

    static final class Permit implements AutoCloseable {
        @Override
        public void close() {}
    }
}
