package io.github.mlflowauth.auth;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** An answer of 401, 403 or 3xx, as the {@link RequestAuth} of one layer sees it. Immutable. */
public final class Refusal {
    private final URI uri;
    private final int status;
    private final Map<String, List<String>> headers;
    private final String bodyStart;
    private final Map<String, String> sentHeaders;

    private Refusal(
            URI uri, int status, Map<String, List<String>> headers, String bodyStart, Map<String, String> sentHeaders) {
        this.uri = Objects.requireNonNull(uri, "uri");
        this.status = status;
        this.headers = caseInsensitive(headers);
        this.bodyStart = Objects.requireNonNull(bodyStart, "bodyStart");
        this.sentHeaders = caseInsensitive(sentHeaders);
    }

    /**
     * A refusal, as a test of a {@link RequestAuth} makes it.
     *
     * @param uri what was asked for, without userinfo
     * @param status HTTP status of the answer
     * @param headers headers of the answer
     * @param bodyStart the first 4 KB of the answer's body, empty if there is none
     * @param sentHeaders what this layer's {@link RequestAuth#headers} returned for the refused attempt
     */
    public static Refusal of(
            URI uri, int status, Map<String, List<String>> headers, String bodyStart, Map<String, String> sentHeaders) {
        return new Refusal(uri, status, headers, bodyStart, sentHeaders);
    }

    private static <V> Map<String, V> caseInsensitive(Map<String, V> map) {
        TreeMap<String, V> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /** What was asked for, without userinfo. */
    public URI uri() {
        return uri;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Headers of the answer; names in any case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The first value of a header of the answer. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, Collections.emptyList());
        return values.stream().findFirst();
    }

    /** The first 4 KB of the body; empty if there is none. */
    public String bodyStart() {
        return bodyStart;
    }

    /**
     * What this layer's {@link RequestAuth#headers} returned for the refused attempt, under the names that it used.
     * Holds the credential: compare, don't print.
     */
    public Map<String, String> sentHeaders() {
        return sentHeaders;
    }

    /**
     * Whether the answer bears the marks of MLflow's own {@code basic-auth} app, rather than of a proxy in front of it.
     * The realm is none of them: a proxy's may be called {@code mlflow} too.
     */
    public boolean isFromMlflow() {
        return bodyStart.startsWith("You are not authenticated")
                || bodyStart.startsWith("Permission denied")
                || bodyStart.contains("\"PERMISSION_DENIED\"");
    }

    /** Status and origin only. */
    @Override
    public String toString() {
        return "Refusal{" + status + " from " + uri.getScheme() + "://" + uri.getAuthority() + "}";
    }
}
