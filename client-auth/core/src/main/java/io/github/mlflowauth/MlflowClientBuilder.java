package io.github.mlflowauth;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.auth.BearerAuth;
import io.github.mlflowauth.auth.HostCredsAuth;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.auth.RequestAuthProvider;
import io.github.mlflowauth.auth.RequestHeaderProvider;
import io.github.mlflowauth.auth.TokenSource;
import io.github.mlflowauth.http.TlsSettings;
import io.github.mlflowauth.http.TransportSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.creds.MlflowHostCreds;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/**
 * Builds a client with everything that can be set. Code wins over the environment. Not thread-safe; each
 * {@link #build} makes a client of its own.
 *
 * <p>There are two layers of auth. The <em>gate</em> stands in front of MLflow (a reverse proxy, Identity-Aware Proxy);
 * the <em>app</em> is MLflow's own user management. With one of them its credential goes into {@code Authorization};
 * with both, the gate's goes into {@code Proxy-Authorization}.
 */
public final class MlflowClientBuilder {
    private Environment environment = Environment.ofProcess();
    private @Nullable String trackingUri;
    private @Nullable Function<AuthSettings, RequestAuth> gate;
    private @Nullable Function<AuthSettings, RequestAuth> app;
    private boolean authFromEnvironment;
    private @Nullable String workspace;
    private boolean allowPlainHttp;
    private Consumer<TransportSettings.Builder> transport = settings -> {};
    private final List<RequestHeaderProvider> headerProviders = new ArrayList<>();
    private final List<Path> fileArtifactRoots = new ArrayList<>();

    MlflowClientBuilder() {}

    /**
     * The server's address; without it, {@code MLFLOW_TRACKING_URI}.
     *
     * @param uri {@code http(s)://[user:password@]host[:port][/prefix]}; a user name and password in it become Basic
     *     auth for the app and are kept out of every text
     */
    public MlflowClientBuilder trackingUri(String uri) {
        this.trackingUri = Objects.requireNonNull(uri, "uri");
        return this;
    }

    /** Basic auth, for the app or, if there is no other gate, for a reverse proxy. */
    public MlflowClientBuilder basicAuth(String user, String password) {
        return app(BasicAuth.of(user, password));
    }

    /** A fixed bearer token for the gate. */
    public MlflowClientBuilder bearerToken(String token) {
        return gate(BearerAuth.of(token));
    }

    /** Bearer tokens for the gate from a source, cached until they expire or are refused. */
    public MlflowClientBuilder bearerToken(TokenSource source) {
        return gate(BearerAuth.from(source));
    }

    /** Bearer tokens for the gate from a file, which is read again so that a rotated token is used at once. */
    public MlflowClientBuilder bearerTokenFile(Path file) {
        return gate(BearerAuth.fromFile(file));
    }

    /** Identity-Aware Proxy as the gate; see {@link MlflowClients#forIap(String)}. */
    public MlflowClientBuilder iap(String audience) {
        Map<String, String> options = Map.of("MLFLOW_IAP_AUDIENCE", Objects.requireNonNull(audience, "audience"));
        this.gate = settings -> AuthProviders.named("iap", "forIap").create(settings.withOptions(options));
        return this;
    }

    /** The gate's auth. */
    public MlflowClientBuilder gate(RequestAuth auth) {
        Objects.requireNonNull(auth, "auth");
        this.gate = settings -> auth;
        return this;
    }

    /** The gate's auth, made by its provider when the client is built. */
    public MlflowClientBuilder gate(RequestAuthProvider provider) {
        this.gate = Objects.requireNonNull(provider, "provider")::create;
        return this;
    }

    /** The app's auth. */
    public MlflowClientBuilder app(RequestAuth auth) {
        Objects.requireNonNull(auth, "auth");
        this.app = settings -> auth;
        return this;
    }

    /** The app's auth, made by its provider when the client is built. */
    public MlflowClientBuilder app(RequestAuthProvider provider) {
        this.app = Objects.requireNonNull(provider, "provider")::create;
        return this;
    }

    /** Host, TLS flag and credentials of a stock provider; see {@link MlflowClients#forHostCreds}. */
    public MlflowClientBuilder hostCreds(MlflowHostCredsProvider provider) {
        MlflowHostCreds creds = Objects.requireNonNull(provider, "provider").getHostCreds();
        trackingUri(creds.getHost());
        if (creds.shouldIgnoreTlsVerification()) {
            transport(MlflowClientBuilder::trustAnyServer);
        }
        return app(HostCredsAuth.of(provider, creds.getHost()));
    }

    /** Code wins over a CA bundle in the environment; a client certificate stays. */
    private static void trustAnyServer(TransportSettings.Builder settings) {
        TlsSettings.Builder tls = TlsSettings.builder().insecure(true);
        settings.tls().clientCertificate().ifPresent(tls::clientCertificate);
        settings.tls(tls.build());
    }

    /** Reads the kind of auth and its credentials from the environment too; an auth set in code wins. */
    public MlflowClientBuilder fromEnvironment() {
        this.authFromEnvironment = true;
        return this;
    }

    /** Extra headers for every request; may be called several times. */
    public MlflowClientBuilder headers(RequestHeaderProvider provider) {
        headerProviders.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /** The MLflow workspace; without it, {@code MLFLOW_WORKSPACE}. */
    public MlflowClientBuilder workspace(String name) {
        this.workspace = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Lets a credential go over plain http to a host that isn't loopback. Who listens on the way can read it. As
     * {@code MLFLOW_ALLOW_PLAIN_HTTP=true}.
     */
    public MlflowClientBuilder allowPlainHttp() {
        this.allowPlainHttp = true;
        return this;
    }

    /**
     * Changes timeouts, retries, the connection cap, TLS or the proxy, on top of what the environment says; for example
     * {@code transport(t -> t.callDeadline(Duration.ofSeconds(30)))}.
     */
    public MlflowClientBuilder transport(Consumer<TransportSettings.Builder> change) {
        this.transport = transport.andThen(Objects.requireNonNull(change, "change"));
        return this;
    }

    /**
     * Lets runs whose artifact root is a local directory below this one be used although the server isn't on this
     * machine, as with a shared file system.
     */
    public MlflowClientBuilder allowFileArtifacts(Path directory) {
        fileArtifactRoots.add(Objects.requireNonNull(directory, "directory"));
        return this;
    }

    /**
     * Reads these variables in the place of the process's; for a program whose settings come from elsewhere.
     *
     * @param variables all of them: one that is missing here counts as unset
     */
    public MlflowClientBuilder environment(Map<String, String> variables) {
        return environment(Environment.of(variables, Environment.ofProcess().home()));
    }

    MlflowClientBuilder environment(Environment other) {
        this.environment = other;
        return this;
    }

    /**
     * Makes the client. Does no network I/O, and reads no file but {@code ~/.mlflow/credentials} with
     * {@link #fromEnvironment} and the PEM files of TLS settings.
     *
     * @throws IllegalArgumentException if a setting is missing, wrong or contradictory
     */
    public AuthMlflowClient build() {
        TrackingUri uri = trackingUri == null
                ? SettingsResolver.trackingUri(environment)
                : TrackingUri.parse(trackingUri, "given in code");
        SettingsResolver resolver = new SettingsResolver(environment, uri);
        AuthChoice auth = resolver.auth(gate, app, authFromEnvironment);
        ClientSettings settings = new ClientSettings(
                uri.base(),
                resolver.transport(transport),
                workspace == null ? environment.get("MLFLOW_WORKSPACE").orElse(null) : workspace,
                allowPlainHttp || environment.flag("MLFLOW_ALLOW_PLAIN_HTTP"),
                fileArtifactRoots);
        return new AuthMlflowClient(settings, Opening.transport(settings, auth, headerProviders));
    }
}
