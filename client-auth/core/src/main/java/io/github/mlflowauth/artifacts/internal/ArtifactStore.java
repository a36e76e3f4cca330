package io.github.mlflowauth.artifacts.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One artifact root, by paths relative to it with {@code /}; the empty path is the root itself. Thread-safe. */
public interface ArtifactStore {

    /** Stores a file's bytes under a path. */
    void upload(Path file, String path) throws IOException;

    /** What is directly in a directory; empty if it is missing or a file. */
    List<ArtifactEntry> list(String directory) throws IOException;

    /** Writes an artifact's bytes to a local file that doesn't exist yet, all of them or nothing. */
    void download(String path, Path target) throws IOException;
}
