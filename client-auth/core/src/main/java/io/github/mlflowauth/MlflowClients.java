package io.github.mlflowauth;

import io.github.mlflowauth.auth.TokenSource;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/**
 * The front door: makes MLflow clients for servers that are protected.
 *
 * <pre>{@code
 * try (AuthMlflowClient client = MlflowClients.forBasicAuth("https://mlflow.example.com", "ada", password)) {
 *     String runId = client.createRun().getRunId();
 *     client.logMetric(runId, "loss", 0.25);
 * }
 * }</pre>
 *
 * <p>Every client is an {@link org.mlflow.tracking.MlflowClient}, safe for use by many threads, and shares its
 * connections with the other clients of the JVM that have the same transport settings. Making one does no network I/O.
 *
 * <p>The {@code for…} methods take from the environment only what isn't a credential: a missing tracking URI
 * ({@code MLFLOW_TRACKING_URI}), proxy, TLS, timeouts, workspace and the plain-http switch. Only
 * {@link #fromEnvironment} reads the kind of auth and credentials from there.
 *
 * <p>All of them throw {@link IllegalArgumentException} for a setting that is missing, wrong or contradictory; the text
 * names it, where it came from, and its right form.
 */
public final class MlflowClients {
    private MlflowClients() {}

    /**
     * A client for a server behind HTTP Basic auth: a reverse proxy's, or MLflow's own {@code basic-auth} app.
     *
     * @param trackingUri {@code https://host[:port][/prefix]}; plain http only for a loopback host, or as
     *     {@link MlflowClientBuilder#allowPlainHttp} says
     */
    public static AuthMlflowClient forBasicAuth(String trackingUri, String user, String password) {
        return builder().trackingUri(trackingUri).basicAuth(user, password).build();
    }

    /** A client that sends a bearer token that never changes. */
    public static AuthMlflowClient forBearerToken(String trackingUri, String token) {
        return builder().trackingUri(trackingUri).bearerToken(token).build();
    }

    /** A client that sends bearer tokens from a source, which is asked again when a token expires or is refused. */
    public static AuthMlflowClient forBearerToken(String trackingUri, TokenSource source) {
        return builder().trackingUri(trackingUri).bearerToken(source).build();
    }

    /**
     * A client for a server behind Google's Identity-Aware Proxy, at {@code MLFLOW_TRACKING_URI}. Needs the module
     * {@code mlflow-client-auth-iap} on the class path.
     *
     * @param audience the OAuth client ID that IAP accepts ({@code ….apps.googleusercontent.com}), or
     *     {@code https://HOST/*} for a token that the service account signs itself
     */
    public static AuthMlflowClient forIap(String audience) {
        return builder().iap(audience).build();
    }

    /** As {@link #forIap(String)}, with the tracking URI given. */
    public static AuthMlflowClient forIap(String trackingUri, String audience) {
        return builder().trackingUri(trackingUri).iap(audience).build();
    }

    /**
     * A client with the host and credentials of a stock provider. Host and TLS flag are read once, now; the credentials
     * for each attempt, and again after {@code refresh()} when they are refused.
     */
    public static AuthMlflowClient forHostCreds(MlflowHostCredsProvider provider) {
        return builder().hostCreds(provider).build();
    }

    /**
     * A client as the environment says: {@code MLFLOW_TRACKING_URI}, {@code MLFLOW_TRACKING_AUTH},
     * {@code MLFLOW_TRACKING_USERNAME}, {@code …_PASSWORD}, {@code …_TOKEN}, {@code …_TOKEN_FILE}, and
     * {@code ~/.mlflow/credentials} for a user name or password that isn't there. Does no other I/O.
     */
    public static AuthMlflowClient fromEnvironment() {
        return builder().fromEnvironment().build();
    }

    /** A builder for everything else: two layers of auth, extra headers, timeouts, TLS, a proxy. */
    public static MlflowClientBuilder builder() {
        return new MlflowClientBuilder();
    }
}
