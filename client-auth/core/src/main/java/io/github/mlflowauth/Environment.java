package io.github.mlflowauth;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The process's environment as settings are read from it; a test passes in its own. Immutable. */
final class Environment {
    private final UnaryOperator<@Nullable String> variables;
    private final Path home;

    private Environment(UnaryOperator<@Nullable String> variables, Path home) {
        this.variables = variables;
        this.home = home;
    }

    static Environment ofProcess() {
        return new Environment(System::getenv, Path.of(System.getProperty("user.home", ".")));
    }

    static Environment of(Map<String, String> variables, Path home) {
        return new Environment(Map.copyOf(variables)::get, home);
    }

    UnaryOperator<@Nullable String> variables() {
        return variables;
    }

    /** The variable without white space around it; empty if unset or blank. */
    Optional<String> get(String name) {
        return Optional.ofNullable(variables.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** The variable as it is; empty if unset or empty. */
    Optional<String> getRaw(String name) {
        return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isEmpty());
    }

    /** A switch: {@code true} or {@code 1}, {@code false} or {@code 0}; off if unset. */
    boolean flag(String name) {
        String value = get(name).orElse("false");
        if (value.equalsIgnoreCase("true") || value.equals("1")) {
            return true;
        }
        if (value.equalsIgnoreCase("false") || value.equals("0")) {
            return false;
        }
        throw new IllegalArgumentException(name + "=" + value + ": must be true or false.");
    }

    Path home() {
        return home;
    }

    Path credentialsPath() {
        return home.resolve(".mlflow").resolve("credentials");
    }

    Map<String, String> credentialsFile() {
        return CredentialsFile.read(credentialsPath());
    }
}
