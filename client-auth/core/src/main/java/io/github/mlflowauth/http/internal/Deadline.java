package io.github.mlflowauth.http.internal;

import java.time.Duration;

/** The moment by which a call must be over. Immutable. */
final class Deadline {
    private final Duration total;
    private final long endNanos;

    private Deadline(Duration total) {
        this.total = total;
        this.endNanos = System.nanoTime() + total.toNanos();
    }

    static Deadline in(Duration total) {
        return new Deadline(total);
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean isOver() {
        return left().isZero();
    }

    boolean endsWithin(Duration wait) {
        return left().compareTo(wait) <= 0;
    }

    /** How long the whole call was given. */
    Duration total() {
        return total;
    }
}
