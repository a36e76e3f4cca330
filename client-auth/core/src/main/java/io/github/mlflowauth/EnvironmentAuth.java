package io.github.mlflowauth;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.auth.BearerAuth;
import io.github.mlflowauth.auth.RequestAuth;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which auth the environment asks for: the table of {@code MLFLOW_TRACKING_AUTH}, token, user and password. A
 * contradiction is an error that names both sides.
 */
final class EnvironmentAuth {
    static final String AUTH = "MLFLOW_TRACKING_AUTH";
    static final String USERNAME = "MLFLOW_TRACKING_USERNAME";
    static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    static final String TOKEN_FILE = "MLFLOW_TRACKING_TOKEN_FILE";
    static final String SIGV4 = "MLFLOW_TRACKING_AWS_SIGV4";

    private static final Logger LOG = LoggerFactory.getLogger(MlflowClients.class);

    private final Environment environment;

    EnvironmentAuth(Environment environment) {
        this.environment = environment;
    }

    AuthChoice choose(AuthSettings settings) {
        if (environment.flag(SIGV4)) {
            throw new IllegalArgumentException(SIGV4 + "=true: this client does not sign requests for AWS. Unset it, or"
                    + " bring a RequestAuthProvider that does and name it in " + AUTH + ".");
        }
        Optional<RequestAuth> basic = basic();
        Optional<RequestAuth> bearer = bearer();
        String name = environment.get(AUTH).orElse("").toLowerCase(Locale.ROOT);
        switch (name) {
            case "":
                return unnamed(basic, bearer);
            case "basic":
                return named("basic", basic, USERNAME + " and " + PASSWORD, AuthChoice.app(basic.orElse(null)));
            case "bearer":
                return named(
                        "bearer",
                        bearer,
                        TOKEN + " or " + TOKEN_FILE,
                        AuthChoice.of(bearer.orElse(null), basic.orElse(null)));
            default:
                return provided(name, settings, basic, bearer);
        }
    }

    private static AuthChoice unnamed(Optional<RequestAuth> basic, Optional<RequestAuth> bearer) {
        if (basic.isPresent() && bearer.isPresent()) {
            LOG.warn(
                    "Both {} and {} are set: the user name and password are used, as MLflow's Python client does. Set"
                            + " {}=bearer for the token at a gate and the password for the app behind it.",
                    USERNAME,
                    TOKEN,
                    AUTH);
        }
        return basic.isPresent() ? AuthChoice.app(basic.get()) : AuthChoice.gate(bearer.orElse(null));
    }

    private static AuthChoice named(String name, Optional<RequestAuth> needed, String variables, AuthChoice choice) {
        if (!needed.isPresent()) {
            throw new IllegalArgumentException(AUTH + "=" + name + " needs " + variables + " to be set.");
        }
        return choice;
    }

    private static AuthChoice provided(
            String name, AuthSettings settings, Optional<RequestAuth> basic, Optional<RequestAuth> bearer) {
        if (name.equals("iap") && bearer.isPresent()) {
            throw new IllegalArgumentException(AUTH + "=iap makes its own tokens, but " + TOKEN + " or " + TOKEN_FILE
                    + " is set too: unset one of them.");
        }
        RequestAuth gate = AuthProviders.named(name, "from " + AUTH).create(settings.withOptionsFromEnvironment());
        return AuthChoice.of(gate, basic.orElse(null));
    }

    private Optional<RequestAuth> basic() {
        Map<String, String> file = environment.credentialsFile();
        @Nullable String user = environment.get(USERNAME).orElse(file.get("mlflow_tracking_username"));
        @Nullable String password = environment.getRaw(PASSWORD).orElse(file.get("mlflow_tracking_password"));
        if (user == null && password == null) {
            return Optional.empty();
        }
        if (user == null || password == null) {
            String missing = user == null ? USERNAME : PASSWORD;
            String there = user == null ? PASSWORD : USERNAME;
            throw new IllegalArgumentException(
                    there + " is set, but " + missing + " isn't (looked in the environment and "
                            + environment.credentialsPath() + "): set both or neither.");
        }
        return Optional.of(BasicAuth.of(user, password));
    }

    private Optional<RequestAuth> bearer() {
        Optional<String> token = environment.get(TOKEN);
        Optional<String> file = environment.get(TOKEN_FILE);
        if (token.isPresent() && file.isPresent()) {
            throw new IllegalArgumentException("Both " + TOKEN + " and " + TOKEN_FILE + " are set: unset one of them.");
        }
        return token.isPresent()
                ? token.map(BearerAuth::of)
                : file.map(Path::of).map(BearerAuth::fromFile);
    }
}
