package io.github.mlflowauth.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories of test files, compared byte for byte. */
final class FileTrees {
    private FileTrees() {}

    /** Writes a file and the directories above it. */
    static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Every file below a directory by its relative path, with its bytes as Latin-1 text so that maps compare. */
    static Map<String, String> contents(Path directory) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(
                        directory.relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Deletes the temporary directory that a download was put into. */
    static void deleteDownload(Path downloaded) {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        deleteTree(temporary.resolve(temporary.relativize(downloaded).getName(0)));
    }

    static void deleteTree(Path root) {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
