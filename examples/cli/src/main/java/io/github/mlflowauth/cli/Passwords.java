package io.github.mlflowauth.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the password of a user: in a file, in the environment, or by asking. Never in the arguments. */
final class Passwords {
    private final Surroundings surroundings;
    private final @Nullable Path file;

    Passwords(Surroundings surroundings, @Nullable Path file) {
        this.surroundings = surroundings;
        this.file = file;
    }

    String of(String user) {
        if (file != null) {
            return firstLine(file);
        }
        String fromEnvironment = surroundings.environment().getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        if (!fromEnvironment.isEmpty()) {
            return fromEnvironment;
        }
        return surroundings
                .askPassword("Password of " + user + ": ")
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "There is no password for user '" + user
                                        + "': set MLFLOW_TRACKING_PASSWORD, or use --password-file FILE. On a terminal it is asked for."));
    }

    String userFromEnvironment() {
        return surroundings
                .variable("MLFLOW_TRACKING_USERNAME")
                .orElseThrow(() -> new IllegalArgumentException(
                        "--password-file needs the name of its user: give --user or set MLFLOW_TRACKING_USERNAME."));
    }

    private static String firstLine(Path path) {
        try {
            String first = Files.readString(path).lines().findFirst().orElse("");
            if (first.isEmpty()) {
                throw new IllegalArgumentException("The first line of --password-file " + path
                        + " is empty: put the password there, and nothing else.");
            }
            return first;
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("--password-file " + path + " isn't a UTF-8 text file.");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--password-file " + path + " can't be read ("
                            + e.getClass().getSimpleName() + "): check its name and permissions.",
                    e);
        }
    }
}
