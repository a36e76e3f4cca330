package io.github.mlflowauth.cli;

/** How much of the client's log is shown. Must be set before the first logger is made. */
final class Verbosity {
    private Verbosity() {}

    static void set(boolean verbose) {
        if (verbose) {
            System.setProperty("org.slf4j.simpleLogger.log.io.github.mlflowauth", "debug");
        }
    }
}
