package io.github.mlflowauth.artifacts.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a stream to a file that appears only when it is whole. */
final class WholeFile {
    private static final int BUFFER = 64 * 1024;

    private WholeFile() {}

    /** Failures of the file are unchecked, failures of the stream are not. */
    static void write(InputStream in, Path target) throws IOException {
        Path part = newPart(target);
        try {
            copy(in, part);
            local(() -> Files.move(part, target, StandardCopyOption.REPLACE_EXISTING), target);
        } finally {
            local(() -> Files.deleteIfExists(part), target);
        }
    }

    private static Path newPart(Path target) {
        Path directory = target.toAbsolutePath().getParent();
        return local(
                () -> {
                    Files.createDirectories(directory);
                    return Files.createTempFile(directory, ".mlflow-", ".part");
                },
                target);
    }

    private static void copy(InputStream in, Path part) throws IOException {
        try (OutputStream out = local(() -> Files.newOutputStream(part), part)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int length = count;
                local(
                        () -> {
                            out.write(buffer, 0, length);
                            return length;
                        },
                        part);
            }
        }
    }

    private static <T> T local(LocalWork<T> work, Path file) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write " + file + ": " + e + ". Check free space and permissions.", e);
        }
    }

    @FunctionalInterface
    private interface LocalWork<T> {
        T run() throws IOException;
    }
}
