package io.github.mlflowauth.iap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls Google's endpoints: short time-outs, no redirects, nothing kept in memory beyond 1 MB. Uses the JVM's
 * TLS settings. Thread-safe.
 */
final class GoogleHttp {
    private static final int MOST_BYTES = 1 << 20;

    private final ClockDifference difference;
    private final GoogleProxy proxy;
    private final Duration connectTimeout;
    private final Duration readTimeout;

    GoogleHttp(ClockDifference difference) {
        this(difference, GoogleProxy.ofJvm());
    }

    GoogleHttp(ClockDifference difference, GoogleProxy proxy) {
        this(difference, proxy, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    private GoogleHttp(ClockDifference difference, GoogleProxy proxy, Duration connectTimeout, Duration readTimeout) {
        this.difference = difference;
        this.proxy = proxy;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    GoogleHttp withTimeouts(Duration connect, Duration read) {
        return new GoogleHttp(difference, proxy, connect, read);
    }

    GoogleHttp withoutProxy() {
        return new GoogleHttp(difference, GoogleProxy.none(), connectTimeout, readTimeout);
    }

    ClockDifference difference() {
        return difference;
    }

    GoogleAnswer get(URI uri, Map<String, String> headers) throws IOException {
        return send("GET", uri, headers, null);
    }

    GoogleAnswer post(URI uri, Map<String, String> headers, byte[] body) throws IOException {
        return send("POST", uri, headers, body);
    }

    /**
     * One request and its answer.
     *
     * @throws GoogleCallException if no answer came
     */
    GoogleAnswer send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) throws IOException {
        Proxy via = proxy.proxyFor(uri);
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection)
                    (via == null ? uri.toURL().openConnection() : uri.toURL().openConnection(via));
            return exchange(connection, method, headers, body);
        } catch (IOException failure) {
            throw GoogleCallException.unreachable(
                    "No answer from " + address(uri) + (via == null || via == Proxy.NO_PROXY ? "" : " through " + via)
                            + " (" + reason(failure) + "). Check the network, the proxy (HTTPS_PROXY and NO_PROXY, or"
                            + " the JVM's https.proxyHost; a password for it can't be used here) and the JVM's trust"
                            + " store.",
                    failure);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Without userinfo and query. */
    static String address(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }

    private GoogleAnswer exchange(
            HttpURLConnection connection, String method, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        connection.setConnectTimeout((int) connectTimeout.toMillis());
        connection.setReadTimeout((int) readTimeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(method);
        headers.forEach(connection::setRequestProperty);
        if (body != null) {
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_PROXY_AUTH) {
            throw new IOException("the proxy wants credentials, HTTP 407");
        }
        difference.answered(connection.getHeaderField("Date"));
        InputStream content = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null) {
                received.put(name, values);
            }
        });
        return new GoogleAnswer(status, received, content == null ? new byte[0] : readAll(content));
    }

    private static byte[] readAll(InputStream content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (InputStream in = content) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.write(buffer, 0, n);
                if (bytes.size() > MOST_BYTES) {
                    throw new IOException("the answer is longer than 1 MB");
                }
            }
        }
        return bytes.toByteArray();
    }
}
