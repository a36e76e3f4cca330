package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.net.URI;
import okhttp3.HttpUrl;

/** The one server that requests and credentials may go to, with its static prefix. Immutable. */
public final class Origin {
    private final HttpUrl base;
    private final boolean plainHttpAllowed;
    private final boolean gateOverProxy;

    private Origin(HttpUrl base, boolean plainHttpAllowed, boolean gateOverProxy) {
        this.base = base;
        this.plainHttpAllowed = plainHttpAllowed;
        this.gateOverProxy = gateOverProxy;
    }

    /**
     * The origin of a tracking URI.
     *
     * @param base absolute http or https URI without userinfo, query and fragment
     * @param plainHttpAllowed whether a credential may go over plain http to a host that isn't loopback
     * @param behindHttpProxy whether requests to it go through an HTTP proxy
     */
    public static Origin of(URI base, boolean plainHttpAllowed, boolean behindHttpProxy) {
        HttpUrl url = HttpUrl.get(base.toString());
        return new Origin(url, plainHttpAllowed, behindHttpProxy);
    }

    HttpUrl resolve(String pathAndQuery) {
        String prefix = base.toString();
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        HttpUrl url = HttpUrl.get(trimmed + pathAndQuery);
        if (!url.host().equals(base.host()) || url.port() != base.port()) {
            throw new IllegalArgumentException("The path '" + pathAndQuery + "' leads away from " + base.host()
                    + ": give a path below the tracking server, starting with a slash.");
        }
        return url;
    }

    /** Whether the host is this machine. */
    public boolean isLoopback() {
        return Loopback.isLoopback(base.host());
    }

    /** Whether a URI names this host, and this port where it names one. */
    public boolean isHostOf(URI uri) {
        return base.host().equalsIgnoreCase(uri.getHost()) && (uri.getPort() < 0 || uri.getPort() == base.port());
    }

    /** Refuses to send a credential where others could read it. */
    void requireSafeFor(Credentials credentials) throws IOException {
        if (base.isHttps() || credentials.onTheWire().isEmpty()) {
            return;
        }
        if (!plainHttpAllowed && !isLoopback()) {
            throw new IOException(plainHttpRefusal(base.host()));
        }
        if (gateOverProxy && credentials.onTheWire().containsKey("Proxy-Authorization")) {
            throw new IOException("The gate's token would go to the HTTP proxy instead of " + base.host()
                    + ", because the connection is plain http. Use https, or add the host to NO_PROXY.");
        }
    }

    /** Why a credential is not sent over plain http to a host. */
    public static String plainHttpRefusal(String host) {
        return "A credential over plain http to " + host + " could be read on the way. Use https, or, on a network that"
                + " you trust, allowPlainHttp() or MLFLOW_ALLOW_PLAIN_HTTP=true.";
    }

    @Override
    public String toString() {
        return SafeUrl.text(base);
    }
}
