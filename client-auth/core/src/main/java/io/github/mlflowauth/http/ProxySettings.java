package io.github.mlflowauth.http;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy to go through, and the hosts that are reached without it. Immutable. The password is part of what makes
 * two settings equal, because a connection through the proxy belongs to the user who opened it; it is in no text.
 */
public final class ProxySettings {
    private final String host;
    private final int port;
    private final @Nullable String user;
    private final @Nullable String password;
    private final List<String> noProxy;
    private final NoProxy exceptions;

    private ProxySettings(Builder builder) {
        this.host = builder.host;
        this.port = builder.port;
        this.user = builder.user;
        this.password = builder.password;
        this.exceptions = NoProxy.of(builder.noProxy);
        this.noProxy = builder.noProxy;
    }

    /**
     * A builder for a proxy.
     *
     * @param host name or address, without a scheme
     * @param port 1 to 65535
     */
    public static Builder builder(String host, int port) {
        return new Builder(host, port);
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder(host, port).noProxy(noProxy);
        builder.user = user;
        builder.password = password;
        return builder;
    }

    /** Name or address of the proxy. */
    public String host() {
        return host;
    }

    /** Port of the proxy. */
    public int port() {
        return port;
    }

    /** User name for a proxy that asks for one. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** Password for a proxy that asks for one. */
    public Optional<String> password() {
        return Optional.ofNullable(password);
    }

    /** Hosts that are reached directly; see {@link Builder#noProxy}. */
    public List<String> noProxy() {
        return noProxy;
    }

    /** Whether a request to this URI goes through the proxy. */
    public boolean appliesTo(URI uri) {
        return !exceptions.matches(uri);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ProxySettings)) {
            return false;
        }
        ProxySettings that = (ProxySettings) other;
        return host.equals(that.host)
                && port == that.port
                && Objects.equals(user, that.user)
                && Objects.equals(password, that.password)
                && noProxy.equals(that.noProxy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user, password, noProxy);
    }

    @Override
    public String toString() {
        return "ProxySettings{" + host + ":" + port + (user == null ? "" : ", user=" + user + ", password=***")
                + ", noProxy=" + noProxy + "}";
    }

    /** Builds {@link ProxySettings}. Not thread-safe; each setter checks its value. */
    public static final class Builder {
        private final String host;
        private final int port;
        private @Nullable String user;
        private @Nullable String password;
        private List<String> noProxy = List.of();

        private Builder(String host, int port) {
            if (!host.matches("[^\\s/@?#]+")) {
                throw new IllegalArgumentException(
                        "The proxy's host must be a name or an address without scheme, user and path, such as"
                                + " proxy.example.com");
            }
            this.host = host;
            this.port = SettingChecks.between("The proxy's port", port, 1, 65535);
        }

        /** Credentials for a proxy that asks for them (Basic). The user name must not have a colon. */
        public Builder credentials(String name, String secret) {
            if (name.indexOf(':') >= 0) {
                throw new IllegalArgumentException("The proxy's user must not contain a colon");
            }
            this.user = name;
            this.password = Objects.requireNonNull(secret, "password");
            return this;
        }

        /**
         * Hosts that are reached directly. An entry is a host name, which counts for the names below it as well, with or
         * without a leading dot ({@code example.com} is for {@code mlflow.example.com}, not for {@code myexample.com});
         * either may carry a {@code :port}; an IP address; an address range such as {@code 10.0.0.0/8}; or {@code *}, for
         * all hosts. Upper and lower case are the same. Host names are compared as text, never resolved. As with Python's
         * {@code requests}, this machine's own addresses go through the proxy too unless they are listed.
         *
         * @throws IllegalArgumentException if an entry has a scheme, a path or a bad address range
         */
        public Builder noProxy(List<String> hosts) {
            NoProxy.of(hosts);
            this.noProxy = List.copyOf(hosts);
            return this;
        }

        /** Makes the settings. */
        public ProxySettings build() {
            return new ProxySettings(this);
        }
    }
}
