package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.TransportSettings;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** The connections of one {@link TransportSettings}, and the two clients that use them. Thread-safe. */
final class HttpPool {
    /** Below the 5 s after which MLflow's server drops an idle connection, so that no request meets a dead one. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private final TransportSettings settings;
    private final OkHttpClient client;
    private final OkHttpClient bulkClient;
    private final Semaphore connections;
    private volatile boolean closed;

    private HttpPool(TransportSettings settings, OkHttpClient client, OkHttpClient bulkClient) {
        this.settings = settings;
        this.client = client;
        this.bulkClient = bulkClient;
        this.connections = new Semaphore(settings.maxConnections(), true);
    }

    static HttpPool create(TransportSettings settings) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(daemons()))
                .connectionPool(
                        new ConnectionPool(settings.maxConnections(), KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .socketFactory(new NoDelaySocketFactory())
                .eventListenerFactory(SendWatch.FACTORY)
                .addNetworkInterceptor(FollowUps.HIDDEN)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.requestTimeout())
                .writeTimeout(settings.requestTimeout());
        Tls.apply(settings.tls(), builder);
        settings.proxy().ifPresent(proxy -> ProxyRules.apply(proxy, builder));
        OkHttpClient client = builder.build();
        OkHttpClient bulk = client.newBuilder()
                .readTimeout(settings.stallTimeout())
                .writeTimeout(settings.stallTimeout())
                .build();
        return new HttpPool(settings, client, bulk);
    }

    OkHttpClient client() {
        return client;
    }

    OkHttpClient bulkClient() {
        return bulkClient;
    }

    void acquire(Duration wait) throws NoFreeConnectionException {
        boolean free;
        try {
            free = connections.tryAcquire(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoFreeConnectionException("The thread was interrupted while it waited for a free connection");
        }
        if (!free) {
            throw new NoFreeConnectionException("All " + settings.maxConnections() + " connections were busy for "
                    + wait.toMillis() + " ms. Raise maxConnections (MLFLOW_HTTP_POOL_MAXSIZE), or call from fewer"
                    + " threads");
        }
    }

    void release() {
        connections.release();
        if (closed) {
            // A call that was under way when the pool closed has just given its connection back.
            client.connectionPool().evictAll();
        }
    }

    void close() {
        closed = true;
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** OkHttp's own would make threads that keep the JVM alive. No thread starts before an asynchronous call. */
    private static ThreadPoolExecutor daemons() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 4, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "mlflow-http");
            thread.setDaemon(true);
            return thread;
        });
    }
}
