package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.auth.RequestHeaderProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Headers that go with every request and aren't auth: who we are, the workspace, and what users add. Thread-safe. */
public final class ExtraHeaders {
    private static final Set<String> OURS = Set.of(
            "authorization",
            "proxy-authorization",
            "content-type",
            "content-length",
            "host",
            "user-agent",
            "accept",
            "accept-encoding");

    private final String userAgent;
    private final @Nullable String workspace;
    private final List<RequestHeaderProvider> providers;

    private ExtraHeaders(String userAgent, @Nullable String workspace, List<RequestHeaderProvider> providers) {
        this.userAgent = userAgent;
        this.workspace = workspace;
        this.providers = List.copyOf(providers);
    }

    /**
     * @param workspace the value of {@code X-MLFLOW-WORKSPACE}, or null for none
     */
    public static ExtraHeaders of(String userAgent, @Nullable String workspace, List<RequestHeaderProvider> providers) {
        return new ExtraHeaders(userAgent, workspace, providers);
    }

    Map<String, String> forRequest(String path) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", userAgent);
        if (workspace != null && !path.contains("/mlflow/workspaces")) {
            headers.put("X-MLFLOW-WORKSPACE", workspace);
        }
        for (RequestHeaderProvider provider : providers) {
            if (provider.inContext()) {
                provider.requestHeaders().forEach((name, value) -> add(headers, name, value, provider));
            }
        }
        return headers;
    }

    private static void add(Map<String, String> headers, String name, String value, RequestHeaderProvider provider) {
        String source = provider.getClass().getName();
        HeaderCheck.check(name, value);
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (OURS.contains(lowerCase) || headers.containsKey(name)) {
            throw new IllegalArgumentException("The header provider " + source + " sets " + name
                    + ", which is set already: only one may. Remove it there, or use RequestAuth for credentials.");
        }
        if (lowerCase.equals("origin")) {
            throw new IllegalArgumentException("The header provider " + source
                    + " sets Origin: MLflow refuses every write that carries one. Remove it.");
        }
        headers.put(name, value);
    }
}
