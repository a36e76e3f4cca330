package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** What to do next, by what went wrong. */
final class Advice {
    private Advice() {}

    static boolean isHostRefusal(Answer answer) {
        return answer.status() == 403 && answer.body().startsWith("Invalid Host header");
    }

    static String forAnswer(Answer answer, HttpUrl url, AuthLayers auth) {
        if (isHostRefusal(answer)) {
            return "MLflow refused the Host '" + hostHeader(url) + "': start the server with --allowed-hosts "
                    + hostHeader(url) + " (or MLFLOW_SERVER_ALLOWED_HOSTS), with the names that it must keep.";
        }
        if (answer.body().startsWith("Cross-origin request blocked")) {
            return "MLflow refused the Origin header: something between this client and the server adds one.";
        }
        if (answer.isRedirect()) {
            return redirect(answer, url);
        }
        if (answer.status() < 300) {
            return notJson(answer, url);
        }
        return forStatus(answer, auth);
    }

    private static String forStatus(Answer answer, AuthLayers auth) {
        switch (answer.status()) {
            case 401:
                return auth.isEmpty()
                        ? "This client has no credentials: use MlflowClients.forBasicAuth or another for… method, or set"
                                + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD with fromEnvironment()."
                        : "Check the credentials of this server: " + auth.names() + " auth was sent.";
            case 403:
                return "The identity is known but may not do this: ask for the permission.";
            case 404:
                return answer.serverError().isPresent()
                        ? ""
                        : "No MLflow API answers there: check MLFLOW_TRACKING_URI, its path prefix included.";
            case 407:
                return "The HTTP proxy on the way wants credentials: give them in HTTPS_PROXY or HTTP_PROXY as"
                        + " http://user:password@proxy:port.";
            case 413:
                return "A proxy in front of MLflow limits the size of a request: raise it (nginx: client_max_body_size).";
            default:
                return permanent(answer);
        }
    }

    private static String permanent(Answer answer) {
        String body = answer.body();
        if (body.contains("FEATURE_DISABLED")) {
            return "The server does not have this feature switched on; with MLFLOW_WORKSPACE set, it must run with"
                    + " --enable-workspaces.";
        }
        if (body.contains("--no-serve-artifacts")) {
            return "The server does not proxy artifacts: start it without --no-serve-artifacts.";
        }
        return "";
    }

    private static String redirect(Answer answer, HttpUrl url) {
        HttpUrl target = answer.head().header("location").map(url::resolve).orElse(null);
        if (target == null) {
            return "Redirects are not followed, so that no credential goes astray: check MLFLOW_TRACKING_URI.";
        }
        if (target.host().equals(url.host()) && target.isHttps() && !url.isHttps()) {
            return "The server wants https: set the tracking URI to https://" + url.host() + ".";
        }
        return "It sends to " + SafeUrl.text(target)
                + ", which looks like a sign-in page. Redirects are not followed, so that no credential goes astray: use"
                + " the auth that this gate wants (forIap for Identity-Aware Proxy), or check MLFLOW_TRACKING_URI.";
    }

    private static String notJson(Answer answer, HttpUrl url) {
        return answer.isHtml()
                ? url.host() + " answered with a web page, such as a sign-in page: the tracking URI is wrong, or a gate"
                        + " in between wants its own sign-in."
                : "What answers there is not MLflow's API: check MLFLOW_TRACKING_URI.";
    }

    private static String hostHeader(HttpUrl url) {
        boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
        return usual ? url.host() : url.host() + ":" + url.port();
    }

    /**
     * @param exceeded the deadline of the whole call if it is over, else null
     */
    static String whatHappened(IOException cause, boolean sent, @Nullable Duration exceeded) {
        if (exceeded != null) {
            return "got no answer within the call's deadline of " + exceeded.toSeconds() + " s";
        }
        if (cause instanceof NoFreeConnectionException) {
            return "was not sent: " + cause.getMessage();
        }
        String text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (!sent) {
            return "could not be sent: " + text;
        }
        return cause instanceof InterruptedIOException
                ? "was sent, but the answer did not come in time: " + text
                : "was sent, but the connection broke before the whole answer came: " + text;
    }

    static String forFailure(IOException cause, HttpUrl url) {
        if (cause instanceof UnknownHostException) {
            return "The host name " + url.host() + " can't be resolved: check MLFLOW_TRACKING_URI and the network.";
        }
        if (cause instanceof ConnectException) {
            return "Nothing answers on " + url.host() + ":" + url.port()
                    + ": is the server running, and is MLFLOW_TRACKING_URI right?";
        }
        if (cause instanceof SSLException) {
            return tls(cause);
        }
        if (cause instanceof InterruptedIOException) {
            return "Raise MLFLOW_HTTP_REQUEST_TIMEOUT if the server is only slow.";
        }
        return "";
    }

    private static String tls(IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("path") || text.contains("trust") || text.contains("not verified")) {
            return "The server's certificate isn't trusted: set MLFLOW_TRACKING_SERVER_CERT_PATH to the CA bundle that"
                    + " signed it.";
        }
        return "The TLS handshake failed: is this https port right, and does the server want a client certificate"
                + " (MLFLOW_TRACKING_CLIENT_CERT_PATH)?";
    }
}
