package io.github.mlflowauth.cli.doctor;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.http.TransportSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The server under examination: a client that tries once only, and the settings that it came to. */
final class Patient implements AutoCloseable {
    private final Map<String, String> variables;
    private final Duration limit;
    private final AuthMlflowClient client;
    private final TransportSettings transport;

    private Patient(
            Map<String, String> variables, Duration limit, AuthMlflowClient client, TransportSettings transport) {
        this.variables = variables;
        this.limit = limit;
        this.client = client;
        this.transport = transport;
    }

    /**
     * @param limit how long each step may take
     * @throws IllegalArgumentException if the settings can't be used
     */
    static Patient admit(Map<String, String> variables, Duration limit) {
        List<TransportSettings> settled = new ArrayList<>();
        AuthMlflowClient client = MlflowClients.builder()
                .environment(variables)
                .fromEnvironment()
                .transport(transport -> settled.add(once(transport, limit)))
                .build();
        return new Patient(variables, limit, client, settled.get(0));
    }

    private static TransportSettings once(TransportSettings.Builder transport, Duration limit) {
        return transport
                .connectTimeout(limit)
                .requestTimeout(limit)
                .callDeadline(limit)
                .retry(transport.retry().toBuilder().maxRetries(0).build())
                .build();
    }

    /** How long each step may take. */
    Duration limit() {
        return limit;
    }

    int millis() {
        return (int) limit.toMillis();
    }

    AuthMlflowClient client() {
        return client;
    }

    URI uri() {
        return client.trackingUri();
    }

    boolean isHttps() {
        return uri().getScheme().equals("https");
    }

    int port() {
        int port = uri().getPort();
        return port >= 0 ? port : isHttps() ? 443 : 80;
    }

    /** The host as a socket wants it: an IPv6 address without its brackets. */
    String host() {
        return uri().getHost().replaceAll("^\\[|]$", "");
    }

    TransportSettings transport() {
        return transport;
    }

    boolean isProxied() {
        return transport.isProxied(uri());
    }

    boolean isBehindIap() {
        return kindOfAuth().equals("iap");
    }

    /** What the auth of a kind may know: every variable is an option, as with the client itself. */
    AuthSettings authSettings() {
        return AuthSettings.of(uri(), Map.of()).withEnvironment(variables).withOptionsFromEnvironment();
    }

    private String kindOfAuth() {
        return variables.getOrDefault("MLFLOW_TRACKING_AUTH", "").trim().toLowerCase(Locale.ROOT);
    }

    String describe() {
        return "server " + uri() + ", " + auth();
    }

    private String auth() {
        String kind = kindOfAuth();
        String user = variables.getOrDefault("MLFLOW_TRACKING_USERNAME", "").trim();
        String basic = user.isEmpty() ? "" : "user '" + user + "'";
        if (kind.equals("iap")) {
            return "Identity-Aware Proxy with audience " + audience() + (basic.isEmpty() ? "" : ", then " + basic);
        }
        if (!kind.isEmpty()) {
            return "auth '" + kind + "'" + (basic.isEmpty() ? "" : " with " + basic);
        }
        if (!basic.isEmpty()) {
            return "Basic auth as " + basic;
        }
        boolean token =
                variables.containsKey("MLFLOW_TRACKING_TOKEN") || variables.containsKey("MLFLOW_TRACKING_TOKEN_FILE");
        return token ? "bearer token" : "no credentials in the environment";
    }

    private String audience() {
        return variables.getOrDefault("MLFLOW_IAP_AUDIENCE", variables.getOrDefault("MLFLOW_IAP_CLIENT_ID", ""));
    }

    @Override
    public void close() {
        client.close();
    }
}
