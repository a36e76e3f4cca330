package io.github.mlflowauth.iap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Where a credential file is read from, anew each time, so that a renewed one is seen and none is kept. Immutable. */
final class KeySource {
    private final String origin;
    private final Opening opening;

    private KeySource(String origin, Opening opening) {
        this.origin = origin;
        this.opening = opening;
    }

    static KeySource file(Path path, String what) {
        return new KeySource(what + " " + path, () -> Files.newInputStream(path));
    }

    static KeySource stream(Supplier<? extends InputStream> supplier) {
        return new KeySource("key that the program gave", supplier::get);
    }

    String origin() {
        return origin;
    }

    String text() throws IOException {
        try (InputStream in = opening.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException unreadable) {
            throw new IOException(
                    "The " + origin + " can't be read (" + unreadable.getClass().getSimpleName()
                            + "). Check that it exists and that this process may read it.",
                    unreadable);
        }
    }

    @Override
    public String toString() {
        return origin;
    }

    private interface Opening {
        InputStream open() throws IOException;
    }
}
