package io.github.mlflowauth.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the command has around it: environment, output, and a person who can be asked. A test passes in its own. */
final class Surroundings {
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Function<String, Optional<String>> passwordPrompt;

    Surroundings(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Function<String, Optional<String>> passwordPrompt) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
        this.passwordPrompt = passwordPrompt;
    }

    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Surroundings::askOnTerminal);
    }

    private static Optional<String> askOnTerminal(String question) {
        Console console = System.console();
        char[] answer = console == null ? null : console.readPassword("%s", question);
        return Optional.ofNullable(answer).map(String::new);
    }

    Map<String, String> environment() {
        return environment;
    }

    /** A variable without white space around it; empty if unset or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** Asks a person for a password without showing it; empty where there is no terminal. */
    Optional<String> askPassword(String question) {
        return passwordPrompt.apply(question);
    }
}
