package io.github.mlflowauth.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Times, and how far they lie apart. */
final class Spread {
    private final List<Long> nanos = new ArrayList<>();

    void add(long time) {
        nanos.add(time);
    }

    double medianMillis() {
        return at(0.5);
    }

    /** The value below which this share of the times lies, in milliseconds; between two times, in proportion. */
    private double at(double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        double index = share * (sorted.size() - 1);
        int below = (int) Math.floor(index);
        int above = (int) Math.ceil(index);
        double between = sorted.get(below) + (index - below) * (sorted.get(above) - sorted.get(below));
        return between / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %.0f ms (middle half %.0f to %.0f, all %.0f to %.0f, n=%d)",
                medianMillis(),
                at(0.25),
                at(0.75),
                at(0),
                at(1),
                nanos.size());
    }
}
