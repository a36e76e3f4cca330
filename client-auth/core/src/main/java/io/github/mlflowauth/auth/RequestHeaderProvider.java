package io.github.mlflowauth.auth;

import java.util.Map;

/**
 * Extra headers for every request, the counterpart of MLflow's Python plugin
 * {@code mlflow.request_header_provider}; found with {@link java.util.ServiceLoader} or given to the builder. Unlike
 * there, two providers of one header name are an error, and a provider that fails fails the request. Must be
 * thread-safe.
 */
public interface RequestHeaderProvider {

    /** Whether this provider applies here, for example on one cluster only. Asked for each attempt. */
    boolean inContext();

    /** The headers to add. Asked for each attempt, only when {@link #inContext} said yes. */
    Map<String, String> requestHeaders();
}
