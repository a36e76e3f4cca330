package io.github.mlflowauth.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs the command in this JVM, with an environment of the test's own and nobody at a terminal. */
final class Cli {
    private final Map<String, String> environment = new HashMap<>();
    private Optional<String> typed = Optional.empty();

    Cli env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Cli typing(String password) {
        typed = Optional.of(password);
        return this;
    }

    Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MlflowAuth.run(
                new Surroundings(
                        environment, new PrintWriter(out, true), new PrintWriter(err, true), question -> typed),
                args);
        return new Result(exitCode, out.toString(), err.toString());
    }

    record Result(int exitCode, String out, String err) {
        String all() {
            return out + err;
        }

        /** The doctor's line for one check. */
        String line(String check) {
            return out.lines()
                    .filter(line -> line.matches("\\S+ +" + check + " .*"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no check '" + check + "' in:\n" + all()));
        }
    }
}
