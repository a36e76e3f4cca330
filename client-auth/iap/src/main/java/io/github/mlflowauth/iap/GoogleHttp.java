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
 * Calls Google's endpoints: short time-outs, no redirects, nothing kept in memory beyond 1 MB. Uses the JVM's proxy and
 * TLS settings. Thread-safe.
 */
final class GoogleHttp {
    private static final int MOST_BYTES = 1 << 20;

    private final ClockDifference difference;
    private final Duration connectTimeout;
    private final Duration readTimeout;

    GoogleHttp(ClockDifference difference) {
        this(difference, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    private GoogleHttp(ClockDifference difference, Duration connectTimeout, Duration readTimeout) {
        this.difference = difference;
        this.connectTimeout = connectTimeout;
        this.readTimeout = readTimeout;
    }

    GoogleHttp withTimeouts(Duration connect, Duration read) {
        return new GoogleHttp(difference, connect, read);
    }

    ClockDifference difference() {
        return difference;
    }

    GoogleAnswer get(URI uri, Map<String, String> headers) throws IOException {
        return send("GET", uri, headers, null, Proxy.NO_PROXY);
    }

    GoogleAnswer post(URI uri, Map<String, String> headers, byte[] body) throws IOException {
        return send("POST", uri, headers, body, null);
    }

    /**
     * @param proxy null for the JVM's own choice
     * @throws GoogleCallException if no answer came
     */
    GoogleAnswer send(
            String method, URI uri, Map<String, String> headers, byte @Nullable [] body, @Nullable Proxy proxy)
            throws IOException {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection)
                    (proxy == null ? uri.toURL().openConnection() : uri.toURL().openConnection(proxy));
            return exchange(connection, method, headers, body);
        } catch (IOException failure) {
            throw GoogleCallException.unreachable(
                    "No answer from " + address(uri) + " (" + reason(failure) + "). Check the network, the JVM's proxy"
                            + " settings (https.proxyHost) and its trust store.",
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
