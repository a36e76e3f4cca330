package io.github.mlflowauth.auth;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RequestAuthProvider} may know about the client that it works for. Immutable.
 *
 * <p>An <em>option</em> is a setting of the auth kind itself. A client from {@code fromEnvironment()} offers every
 * environment variable as one; a client made in code offers only what the code gave, so that another server's
 * credential never travels along. The <em>environment</em> is the process's, for what belongs to the machine, such as
 * {@code GOOGLE_APPLICATION_CREDENTIALS}.
 */
public final class AuthSettings {
    private final URI trackingUri;
    private final UnaryOperator<@Nullable String> options;
    private final UnaryOperator<@Nullable String> environment;
    private final Clock clock;

    private AuthSettings(
            URI trackingUri,
            UnaryOperator<@Nullable String> options,
            UnaryOperator<@Nullable String> environment,
            Clock clock) {
        this.trackingUri = Objects.requireNonNull(trackingUri, "trackingUri");
        this.options = options;
        this.environment = environment;
        this.clock = clock;
    }

    /** Settings with these options, the process's environment and the system clock. */
    public static AuthSettings of(URI trackingUri, Map<String, String> options) {
        Map<String, String> copy = Map.copyOf(options);
        return new AuthSettings(trackingUri, copy::get, System::getenv, Clock.systemUTC());
    }

    /** The same settings with other options. */
    public AuthSettings withOptions(Map<String, String> others) {
        Map<String, String> copy = Map.copyOf(others);
        return new AuthSettings(trackingUri, copy::get, environment, clock);
    }

    /** The same options with another environment, for example a test's. */
    public AuthSettings withEnvironment(UnaryOperator<@Nullable String> variables) {
        return new AuthSettings(trackingUri, options, variables, clock);
    }

    /** The same options with another environment, for example a test's. */
    public AuthSettings withEnvironment(Map<String, String> variables) {
        return withEnvironment(Map.copyOf(variables)::get);
    }

    /** The same settings with every variable of the environment as an option. */
    public AuthSettings withOptionsFromEnvironment() {
        return new AuthSettings(trackingUri, environment, environment, clock);
    }

    /** The same settings with another clock. */
    public AuthSettings withClock(Clock other) {
        return new AuthSettings(trackingUri, options, environment, other);
    }

    /** The tracking server's base URI, without userinfo. */
    public URI trackingUri() {
        return trackingUri;
    }

    /** The value of an option such as {@code MLFLOW_IAP_AUDIENCE}; empty if unset or blank. */
    public Optional<String> option(String name) {
        return present(options.apply(name));
    }

    /** The value of a variable of the process's environment; empty if unset or blank. */
    public Optional<String> environmentVariable(String name) {
        return present(environment.apply(name));
    }

    /** The clock that expiry is measured against. */
    public Clock clock() {
        return clock;
    }

    private static Optional<String> present(@Nullable String value) {
        return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "AuthSettings{trackingUri=" + trackingUri + "}";
    }
}
