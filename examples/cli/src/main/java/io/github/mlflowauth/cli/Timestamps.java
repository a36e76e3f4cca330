package io.github.mlflowauth.cli;

import java.time.Instant;

/** Moments as the command shows them: UTC, ISO 8601. */
final class Timestamps {
    private Timestamps() {}

    /**
     * @param millis since 1970; 0 if unknown
     * @return an empty text if unknown
     */
    static String iso(long millis) {
        return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
    }
}
