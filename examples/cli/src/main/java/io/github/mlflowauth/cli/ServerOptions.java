package io.github.mlflowauth.cli;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClientBuilder;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.http.TransportSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which server, and who is asking. An option stands for the environment variable that its help names and wins over it;
 * everything else comes from the environment.
 */
final class ServerOptions {
    static final String NO_PASSWORD_IN_ARGUMENTS =
            "A password is never taken from the command line, where every user of"
                    + " the machine can read it. Set MLFLOW_TRACKING_PASSWORD, use --password-file FILE, or give only --user and"
                    + " type it when asked. Change a password that was typed there.";

    /** A person who waits would rather be told than wait for seven retries. */
    private static final int RETRIES_FOR_A_PERSON = 2;

    private static final int MAX_TIMEOUT_SECONDS = 86_400;

    private final Surroundings surroundings;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--tracking-uri", paramLabel = "URI", description = "The server's address (MLFLOW_TRACKING_URI).")
    private @Nullable String trackingUri;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "User name for Basic auth (MLFLOW_TRACKING_USERNAME). The password comes from"
                    + " --password-file, MLFLOW_TRACKING_PASSWORD, or a question on the terminal.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password for Basic auth.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--iap-audience",
            paramLabel = "AUDIENCE",
            description = "Goes through Identity-Aware Proxy with this audience (MLFLOW_TRACKING_AUTH=iap and"
                    + " MLFLOW_IAP_AUDIENCE): an OAuth client ID, or https://HOST/*.")
    private @Nullable String iapAudience;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Longest time for one call with its retries. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(names = "--verbose", description = "Shows the client's own log.")
    private boolean verbose;

    ServerOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Option(names = "--password", hidden = true, arity = "0..1")
    void refusePassword(@Nullable String ignored) {
        throw new ParameterException(command.commandLine(), NO_PASSWORD_IN_ARGUMENTS);
    }

    /** A client as options and environment say. */
    AuthMlflowClient open() {
        return builder().build();
    }

    MlflowClientBuilder builder() {
        return MlflowClients.builder()
                .environment(variables())
                .fromEnvironment()
                .transport(this::limitTime);
    }

    /** The longest time for one call. */
    Duration timeout() {
        if (timeoutSeconds < 1 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
            throw new IllegalArgumentException("--timeout must be from 1 to " + MAX_TIMEOUT_SECONDS + " seconds.");
        }
        return Duration.ofSeconds(timeoutSeconds);
    }

    private void limitTime(TransportSettings.Builder transport) {
        transport.callDeadline(timeout());
        if (surroundings.variable("MLFLOW_HTTP_REQUEST_MAX_RETRIES").isEmpty()) {
            transport.retry(transport.retry().toBuilder()
                    .maxRetries(RETRIES_FOR_A_PERSON)
                    .build());
        }
    }

    /** The environment, with the options in the place of their variables. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(surroundings.environment());
        if (trackingUri != null) {
            variables.put("MLFLOW_TRACKING_URI", withoutPassword(trackingUri));
        }
        if (iapAudience != null) {
            variables.put("MLFLOW_TRACKING_AUTH", "iap");
            variables.put("MLFLOW_IAP_AUDIENCE", iapAudience);
        }
        if (user != null || passwordFile != null) {
            Passwords passwords = new Passwords(surroundings, passwordFile);
            String name = user == null ? passwords.userFromEnvironment() : user;
            variables.put("MLFLOW_TRACKING_USERNAME", name);
            variables.put("MLFLOW_TRACKING_PASSWORD", passwords.of(name));
        }
        return variables;
    }

    private static String withoutPassword(String uri) {
        try {
            String userInfo = new URI(uri.trim()).getRawUserInfo();
            if (userInfo != null && userInfo.indexOf(':') >= 0) {
                throw new IllegalArgumentException("--tracking-uri has a password in it. " + NO_PASSWORD_IN_ARGUMENTS);
            }
        } catch (URISyntaxException notAUri) {
            // The client says so, with the position.
        }
        return uri;
    }
}
