package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.RetrySettings;
import io.github.mlflowauth.http.TlsSettings;
import io.github.mlflowauth.http.TransportSettings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the connection variables of MLflow's Python client. A wrong one is an error with its name and its right form.
 * What the environment leaves open is left to the JVM: {@code https.proxyHost}, {@code http.nonProxyHosts},
 * {@code javax.net.ssl.trustStore}.
 */
public final class TransportEnvironment {
    private static final String TIMEOUT = "MLFLOW_HTTP_REQUEST_TIMEOUT";
    private static final String MAX_RETRIES = "MLFLOW_HTTP_REQUEST_MAX_RETRIES";
    private static final String BACKOFF_FACTOR = "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR";
    private static final String BACKOFF_JITTER = "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER";
    private static final String POOL_MAXSIZE = "MLFLOW_HTTP_POOL_MAXSIZE";
    private static final String INSECURE_TLS = "MLFLOW_TRACKING_INSECURE_TLS";
    private static final String SERVER_CERT = "MLFLOW_TRACKING_SERVER_CERT_PATH";
    private static final String CLIENT_CERT = "MLFLOW_TRACKING_CLIENT_CERT_PATH";
    private static final String REQUESTS_CA_BUNDLE = "REQUESTS_CA_BUNDLE";
    private static final int MAX_TIMEOUT_SECONDS = 604_800;

    private final UnaryOperator<@Nullable String> environment;
    private final TransportSettings.Builder settings;

    private TransportEnvironment(UnaryOperator<@Nullable String> environment, TransportSettings.Builder settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /**
     * Reads the environment into a builder.
     *
     * @param uri the tracking server, whose scheme decides between the proxies
     * @throws IllegalArgumentException if a variable is wrong, or two contradict each other
     */
    public static void read(UnaryOperator<@Nullable String> environment, URI uri, TransportSettings.Builder settings) {
        TransportEnvironment reader = new TransportEnvironment(environment, settings);
        reader.timeout();
        reader.retries();
        reader.connections();
        reader.tls("https".equalsIgnoreCase(uri.getScheme()));
        new ProxyEnvironment(environment).proxyFor(uri.getScheme()).ifPresent(settings::proxy);
    }

    /** Python's variable bounds each wait of any request, so it moves the other bounds where they would contradict. */
    private void timeout() {
        wholeNumber(TIMEOUT, 1, MAX_TIMEOUT_SECONDS, "seconds").ifPresent(seconds -> {
            Duration timeout = Duration.ofSeconds(seconds);
            TransportSettings defaults = TransportSettings.builder().build();
            settings.requestTimeout(timeout).stallTimeout(timeout);
            if (timeout.compareTo(defaults.connectTimeout()) < 0) {
                settings.connectTimeout(timeout);
            }
            if (timeout.compareTo(defaults.callDeadline()) > 0) {
                settings.callDeadline(timeout);
            }
        });
    }

    private void retries() {
        RetrySettings.Builder retry = settings.retry().toBuilder();
        wholeNumber(MAX_RETRIES, 0, 10, "retries").ifPresent(retry::maxRetries);
        number(BACKOFF_FACTOR).ifPresent(retry::backoffFactor);
        number(BACKOFF_JITTER).ifPresent(retry::backoffJitter);
        settings.retry(retry.build());
    }

    private void connections() {
        wholeNumber(POOL_MAXSIZE, 1, 1000, "connections").ifPresent(settings::maxConnections);
    }

    /** The general CA bundle, unlike MLflow's own variables, says nothing about a server on plain http. */
    private void tls(boolean https) {
        boolean insecure = flag(INSECURE_TLS);
        Optional<Path> serverCert = path(SERVER_CERT);
        if (insecure && serverCert.isPresent()) {
            throw new IllegalArgumentException("Both " + INSECURE_TLS + "=true and " + SERVER_CERT
                    + " are set: one says not to check the server, the other how. Unset one of them.");
        }
        TlsSettings.Builder tls = settings.tls().toBuilder().insecure(insecure);
        serverCert.ifPresent(tls::caBundle);
        if (https && !insecure && !serverCert.isPresent()) {
            path(REQUESTS_CA_BUNDLE).ifPresent(tls::caBundle);
        }
        path(CLIENT_CERT).ifPresent(tls::clientCertificate);
        settings.tls(tls.build());
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private Optional<Integer> wholeNumber(String name, int min, int max, String unit) {
        return get(name).map(text -> {
            String rule = "must be a whole number of " + unit + " between " + min + " and " + max + ".";
            int value = parsed(name, text, rule).intValue();
            if (value < min || value > max || !text.matches("\\d+")) {
                throw new IllegalArgumentException(name + "=" + text + ": " + rule);
            }
            return value;
        });
    }

    private Optional<Double> number(String name) {
        return get(name).map(text -> {
            String rule = "must be a number between 0 and 120, such as 2 or 0.5.";
            double value = parsed(name, text, rule);
            if (!(value >= 0 && value <= 120)) {
                throw new IllegalArgumentException(name + "=" + text + ": " + rule);
            }
            return value;
        });
    }

    private static Double parsed(String name, String text, String rule) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + "=" + text + ": " + rule, e);
        }
    }

    private boolean flag(String name) {
        String value = get(name).orElse("false").toLowerCase(Locale.ROOT);
        switch (value) {
            case "true":
            case "1":
                return true;
            case "false":
            case "0":
                return false;
            default:
                throw new IllegalArgumentException(name + "=" + value + ": must be true or false.");
        }
    }

    private Optional<Path> path(String name) {
        return get(name).map(text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(name + "=" + text + ": must be the path of a PEM file.", e);
            }
        });
    }
}
