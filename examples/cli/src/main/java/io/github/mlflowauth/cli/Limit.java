package io.github.mlflowauth.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How many items a listing shows at most. */
final class Limit {
    private final PrintWriter err;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "100",
            description = "Shows at most this many. Default: ${DEFAULT-VALUE}.")
    private int max;

    Limit(Surroundings surroundings) {
        this.err = surroundings.err();
    }

    int max() {
        if (max < 1) {
            throw new IllegalArgumentException("--max must be at least 1.");
        }
        return max;
    }

    /** Says on standard error that the listing isn't whole. */
    void note(Found<?> found) {
        if (found.hasMore()) {
            err.println("There are more: raise --max (now " + max + ").");
        }
    }
}
