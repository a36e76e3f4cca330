package io.github.mlflowauth.artifacts.internal;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Moves files and whole directories between this machine and a store. */
public final class Transfers {
    private final ArtifactStore store;

    public Transfers(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Uploads a file under its own name.
     *
     * @param directory where to, or null for the root
     */
    public void uploadFile(Path file, @Nullable String directory) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("Can't upload " + file + ": it is not a file, or does not exist.");
        }
        store.upload(
                file, ArtifactPath.check(under(directory, file.getFileName().toString())));
    }

    /**
     * Uploads what is in a directory. Every name is checked before the first byte is sent; links are followed.
     *
     * @param directory where to, or null for the root
     */
    public void uploadDirectory(Path local, @Nullable String directory) throws IOException {
        if (!Files.isDirectory(local)) {
            throw new IOException("Can't upload " + local + ": it is not a directory, or does not exist.");
        }
        Map<Path, String> files = new LinkedHashMap<>();
        try (Stream<Path> walk = Files.walk(local, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().collect(Collectors.toList())) {
                String relative = local.relativize(file).toString().replace(java.io.File.separatorChar, '/');
                files.put(file, ArtifactPath.check(under(directory, relative)));
            }
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            store.upload(file.getKey(), file.getValue());
        }
    }

    private static String under(@Nullable String directory, String name) {
        String parent = directory == null ? "" : directory.replaceAll("/+$", "");
        return ArtifactPath.join(parent, name);
    }

    /**
     * Downloads as {@link #download} does, into a new directory, of which nothing is left when that fails.
     *
     * @param parent where the new directory is made
     */
    public Path downloadToNewDirectory(@Nullable String path, Path parent) throws IOException {
        Path directory = Files.createTempDirectory(parent, "mlflow-artifacts-");
        boolean done = false;
        try {
            Path target = download(path, directory);
            done = true;
            return target;
        } finally {
            if (!done) {
                deleteTree(directory);
            }
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(path);
            }
        }
    }

    /**
     * Downloads a file, or a directory with all that is in it, to below a local directory, under its own path.
     *
     * @param path what to download; null or empty for everything
     * @return the local file or directory
     */
    Path download(@Nullable String path, Path localRoot) throws IOException {
        String checked = ArtifactPath.check(path == null ? "" : path.replaceAll("/+$", ""));
        Path target = localRoot.resolve(checked);
        if (checked.isEmpty() || isDirectory(checked)) {
            Files.createDirectories(target);
            downloadDirectory(checked, target);
        } else {
            store.download(checked, target);
        }
        return target;
    }

    private boolean isDirectory(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        String parent = slash < 0 ? "" : path.substring(0, slash);
        String name = path.substring(slash + 1);
        for (ArtifactEntry entry : store.list(parent)) {
            if (entry.name().equals(name)) {
                return entry.isDirectory();
            }
        }
        throw new IOException("There is no artifact '" + path + "': list what is there with listArtifacts.");
    }

    private void downloadDirectory(String path, Path target) throws IOException {
        for (ArtifactEntry entry : store.list(path)) {
            String child = ArtifactPath.join(path, entry.name());
            Path local = target.resolve(ArtifactPath.checkListedName(entry.name()));
            if (entry.isDirectory()) {
                Files.createDirectories(local);
                downloadDirectory(child, local);
            } else {
                store.download(child, local);
            }
        }
    }
}
