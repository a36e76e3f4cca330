package io.github.mlflowauth.iap;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far this machine's clock is off Google's, from the {@code Date} of answers. Thread-safe. */
final class ClockDifference {
    private static final Duration TOLERABLE = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile @Nullable Duration seen;

    ClockDifference(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    void answered(@Nullable String date) {
        of(date).ifPresent(difference -> seen = difference);
    }

    /** Local time minus the time of a {@code Date} header; positive when the local clock is ahead. */
    Optional<Duration> of(@Nullable String date) {
        if (date == null) {
            return Optional.empty();
        }
        try {
            Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return Optional.of(Duration.between(theirs, clock.instant()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The difference at the last answer; empty if there was none. */
    Optional<Duration> seen() {
        return Optional.ofNullable(seen);
    }

    /** A sentence with a leading space if the clock is more than a minute off, else the empty string. */
    String remark() {
        return seen().map(ClockDifference::remark).orElse("");
    }

    static String remark(Duration difference) {
        if (difference.abs().compareTo(TOLERABLE) <= 0) {
            return "";
        }
        return " This machine's clock is " + difference.abs().toSeconds() + " s "
                + (difference.isNegative() ? "behind" : "ahead of") + " Google's: set it, for example by NTP.";
    }
}
