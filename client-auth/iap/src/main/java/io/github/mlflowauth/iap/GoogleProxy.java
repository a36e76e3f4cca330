package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.http.internal.ProxyEnvironment;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The HTTP proxy on the way to Google, by the same variables as the one to the tracking server. Thread-safe. */
final class GoogleProxy {
    private final @Nullable ProxyEnvironment environment;

    private GoogleProxy(@Nullable ProxyEnvironment environment) {
        this.environment = environment;
    }

    /** As {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY} say; without them as the JVM's settings say. */
    static GoogleProxy of(AuthSettings settings) {
        return new GoogleProxy(
                new ProxyEnvironment(name -> settings.environmentVariable(name).orElse(null)));
    }

    /** As the JVM's settings say. */
    static GoogleProxy ofJvm() {
        return new GoogleProxy(new ProxyEnvironment(name -> null));
    }

    /** None, whatever the settings say. */
    static GoogleProxy none() {
        return new GoogleProxy(null);
    }

    /** The proxy for an address; null for the JVM's own choice. A metadata server is never behind one. */
    @Nullable
    Proxy proxyFor(URI uri) {
        if (environment == null || MetadataServer.DEFAULT_HOST.equals(uri.getHost())) {
            return Proxy.NO_PROXY;
        }
        return environment
                .proxyFor(uri.getScheme())
                .map(settings -> settings.appliesTo(uri)
                        ? new Proxy(
                                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(settings.host(), settings.port()))
                        : Proxy.NO_PROXY)
                .orElse(null);
    }
}
