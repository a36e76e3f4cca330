package io.github.mlflowauth.testkit;

import java.time.Duration;
import java.util.function.Consumer;

/** Thins pip's many lines out to one every few seconds. */
final class PipProgress implements Consumer<String> {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Consumer<String> progress;
    private long last = System.nanoTime();

    PipProgress(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        long now = System.nanoTime();
        if (now - last >= INTERVAL_NANOS && line.matches("(Collecting|Installing collected) .*")) {
            last = now;
            progress.accept("pip: " + (line.length() > 60 ? line.substring(0, 60) + "…" : line));
        }
    }
}
