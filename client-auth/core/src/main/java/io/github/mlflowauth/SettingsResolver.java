package io.github.mlflowauth;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.http.TransportSettings;
import io.github.mlflowauth.http.internal.TransportEnvironment;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Settles what code, environment and tracking URI say together: code wins, a contradiction is an error. */
final class SettingsResolver {
    private static final String TRACKING_URI = "MLFLOW_TRACKING_URI";

    private final Environment environment;
    private final TrackingUri uri;

    SettingsResolver(Environment environment, TrackingUri uri) {
        this.environment = environment;
        this.uri = uri;
    }

    static TrackingUri trackingUri(Environment environment) {
        String text = environment
                .get(TRACKING_URI)
                .orElseThrow(() -> new IllegalArgumentException("There is no tracking URI: set " + TRACKING_URI
                        + ", for example to https://mlflow.example.com, or give it in code."));
        return TrackingUri.parse(text, "from " + TRACKING_URI);
    }

    TransportSettings transport(Consumer<TransportSettings.Builder> change) {
        TransportSettings.Builder builder = TransportSettings.builder();
        TransportEnvironment.read(environment.variables(), uri.base(), builder);
        change.accept(builder);
        return builder.build();
    }

    AuthChoice auth(
            @Nullable Function<AuthSettings, RequestAuth> gate,
            @Nullable Function<AuthSettings, RequestAuth> app,
            boolean fromEnvironment) {
        AuthSettings settings = AuthSettings.of(uri.base(), Map.of()).withEnvironment(environment.variables());
        AuthChoice code =
                AuthChoice.of(gate == null ? null : gate.apply(settings), app == null ? null : app.apply(settings));
        if (uri.hasUserInfo()) {
            return withUserInfo(code, fromEnvironment);
        }
        return code.isEmpty() && fromEnvironment ? new EnvironmentAuth(environment).choose(settings) : code;
    }

    private AuthChoice withUserInfo(AuthChoice code, boolean fromEnvironment) {
        String user = uri.user().orElse("");
        String password = uri.password()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The tracking URI has a user name but no password: give both, as user:password@host, or neither."));
        if (code.app() != null) {
            throw new IllegalArgumentException("The tracking URI has a user name and password, and code gives others:"
                    + " take them out of the URI.");
        }
        if (fromEnvironment) {
            requireNoOther(EnvironmentAuth.USERNAME);
            requireNoOther(EnvironmentAuth.AUTH);
            requireNoOther(EnvironmentAuth.TOKEN);
        }
        return AuthChoice.of(code.gate(), BasicAuth.of(user, password));
    }

    private void requireNoOther(String variable) {
        if (environment.get(variable).isPresent()) {
            throw new IllegalArgumentException("The tracking URI has a user name and password, and " + variable
                    + " is set too: take them out of the URI, or unset the variable.");
        }
    }
}
