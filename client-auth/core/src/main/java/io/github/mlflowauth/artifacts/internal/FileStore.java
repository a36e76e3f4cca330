package io.github.mlflowauth.artifacts.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Artifacts in a directory that this machine sees too ({@code file:}). */
final class FileStore implements ArtifactStore {
    private final Path root;

    FileStore(Path root) {
        this.root = root;
    }

    @Override
    public void upload(Path file, String path) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            WholeFile.write(in, resolve(path));
        }
    }

    @Override
    public List<ArtifactEntry> list(String directory) throws IOException {
        Path folder = resolve(directory);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<ArtifactEntry> entries = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().collect(Collectors.toList())) {
                entries.add(new ArtifactEntry(child.getFileName().toString(), Files.isDirectory(child)));
            }
        }
        return entries;
    }

    @Override
    public void download(String path, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(resolve(path))) {
            WholeFile.write(in, target);
        } catch (NoSuchFileException e) {
            throw new IOException("There is no artifact '" + path + "' in " + root + ".", e);
        }
    }

    private Path resolve(String path) {
        return root.resolve(ArtifactPath.check(path));
    }
}
