package io.github.mlflowauth.http;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How requests travel. Immutable. Clients with equal settings share one pool of connections in the JVM.
 *
 * <pre>{@code
 * TransportSettings settings = TransportSettings.builder()
 *         .callDeadline(Duration.ofSeconds(30))
 *         .maxConnections(4)
 *         .build();
 * }</pre>
 */
public final class TransportSettings {
    private final Duration connectTimeout;
    private final Duration requestTimeout;
    private final Duration callDeadline;
    private final Duration stallTimeout;
    private final int maxConnections;
    private final RetrySettings retry;
    private final TlsSettings tls;
    private final @Nullable ProxySettings proxy;

    private TransportSettings(Builder builder) {
        this.connectTimeout = builder.connectTimeout;
        this.requestTimeout = builder.requestTimeout;
        this.callDeadline = builder.callDeadline;
        this.stallTimeout = builder.stallTimeout;
        this.maxConnections = builder.maxConnections;
        this.retry = builder.retry;
        this.tls = builder.tls;
        this.proxy = builder.proxy;
    }

    /** A builder with the defaults that its setters name. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .connectTimeout(connectTimeout)
                .requestTimeout(requestTimeout)
                .callDeadline(callDeadline)
                .stallTimeout(stallTimeout)
                .maxConnections(maxConnections)
                .retry(retry)
                .tls(tls);
        builder.proxy = proxy;
        return builder;
    }

    /** The longest wait for a connection, TLS included; see {@link Builder#connectTimeout}. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** The longest wait for the next byte of an API call; see {@link Builder#requestTimeout}. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** The longest time of an API call with all its retries; see {@link Builder#callDeadline}. */
    public Duration callDeadline() {
        return callDeadline;
    }

    /** The longest wait for the next byte of an artifact; see {@link Builder#stallTimeout}. */
    public Duration stallTimeout() {
        return stallTimeout;
    }

    /** The most connections that are open at once; see {@link Builder#maxConnections}. */
    public int maxConnections() {
        return maxConnections;
    }

    /** How often a call is tried again. */
    public RetrySettings retry() {
        return retry;
    }

    /** Whom https connections trust. */
    public TlsSettings tls() {
        return tls;
    }

    /** The proxy; if empty, the JVM's own settings decide ({@code https.proxyHost} and its relatives). */
    public Optional<ProxySettings> proxy() {
        return Optional.ofNullable(proxy);
    }

    /** Whether a request to this URI goes through a proxy, of these settings or of the JVM's. */
    public boolean isProxied(URI uri) {
        if (proxy != null) {
            return proxy.appliesTo(uri);
        }
        ProxySelector ofJvm = ProxySelector.getDefault();
        return ofJvm != null && ofJvm.select(uri).stream().anyMatch(choice -> choice.type() != Proxy.Type.DIRECT);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TransportSettings)) {
            return false;
        }
        TransportSettings that = (TransportSettings) other;
        return connectTimeout.equals(that.connectTimeout)
                && requestTimeout.equals(that.requestTimeout)
                && callDeadline.equals(that.callDeadline)
                && stallTimeout.equals(that.stallTimeout)
                && maxConnections == that.maxConnections
                && retry.equals(that.retry)
                && tls.equals(that.tls)
                && Objects.equals(proxy, that.proxy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                connectTimeout, requestTimeout, callDeadline, stallTimeout, maxConnections, retry, tls, proxy);
    }

    @Override
    public String toString() {
        return "TransportSettings{connectTimeout=" + connectTimeout + ", requestTimeout=" + requestTimeout
                + ", callDeadline=" + callDeadline + ", stallTimeout=" + stallTimeout + ", maxConnections="
                + maxConnections + ", " + retry + ", " + tls + ", proxy=" + proxy + "}";
    }

    /** Builds {@link TransportSettings}. Not thread-safe; each setter checks its value. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration requestTimeout = Duration.ofSeconds(120);
        private Duration callDeadline = Duration.ofMinutes(5);
        private Duration stallTimeout = Duration.ofSeconds(120);
        private int maxConnections = 10;
        private RetrySettings retry = RetrySettings.builder().build();
        private TlsSettings tls = TlsSettings.builder().build();
        private @Nullable ProxySettings proxy;

        private Builder() {}

        /** The longest wait for a connection, TLS included. 1 ms to 7 days; default 10 s. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = SettingChecks.wait("connectTimeout", timeout);
            return this;
        }

        /** The longest wait for the next byte of an API call, when reading and when writing. Default 120 s. */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = SettingChecks.wait("requestTimeout", timeout);
            return this;
        }

        /** The longest time that an API call takes with all its retries and waits. 1 ms to 7 days; default 5 min. */
        public Builder callDeadline(Duration deadline) {
            this.callDeadline = SettingChecks.wait("callDeadline", deadline);
            return this;
        }

        /**
         * The longest wait for the next byte of an artifact, which has no deadline besides. 1 ms to 7 days; default 120 s.
         */
        public Builder stallTimeout(Duration timeout) {
            this.stallTimeout = SettingChecks.wait("stallTimeout", timeout);
            return this;
        }

        /**
         * The most connections that are open at once; further requests wait for one within their deadline.
         *
         * @param connections 1 to 1000; default 10
         */
        public Builder maxConnections(int connections) {
            this.maxConnections = SettingChecks.between("maxConnections", connections, 1, 1000);
            return this;
        }

        /** How often a call is tried again. */
        public Builder retry(RetrySettings settings) {
            this.retry = Objects.requireNonNull(settings, "retry");
            return this;
        }

        /** The retry settings as set so far. */
        public RetrySettings retry() {
            return retry;
        }

        /** Whom https connections trust, and which certificate they show. */
        public Builder tls(TlsSettings settings) {
            this.tls = Objects.requireNonNull(settings, "tls");
            return this;
        }

        /** The TLS settings as set so far. */
        public TlsSettings tls() {
            return tls;
        }

        /** The proxy to go through. */
        public Builder proxy(ProxySettings settings) {
            this.proxy = Objects.requireNonNull(settings, "proxy");
            return this;
        }

        /** The proxy as set so far. */
        public Optional<ProxySettings> proxy() {
            return Optional.ofNullable(proxy);
        }

        /** Makes the settings. */
        public TransportSettings build() {
            return new TransportSettings(this);
        }
    }
}
