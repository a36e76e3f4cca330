package io.github.mlflowauth.http;

import java.time.Duration;

/** The rules that more than one setting has. Each error gives name, rule and value. */
final class SettingChecks {
    private static final Duration MAX_WAIT = Duration.ofDays(7);

    private SettingChecks() {}

    static Duration wait(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException(name + " must be between 1 ms and 7 days, but is " + value);
        }
        return value;
    }

    static int between(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be between " + min + " and " + max + ", but is " + value);
        }
        return value;
    }

    static double between(String name, double value, double min, double max) {
        // Written so that NaN is refused too.
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " must be between " + min + " and " + max + ", but is " + value);
        }
        return value;
    }
}
