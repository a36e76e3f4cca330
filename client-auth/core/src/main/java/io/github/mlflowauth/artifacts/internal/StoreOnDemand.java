package io.github.mlflowauth.artifacts.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds its store when it is first needed. To find it may take a request, and a name that is refused must cost none. For
 * one transfer on one thread.
 */
public final class StoreOnDemand implements ArtifactStore {
    private final Opening opening;
    private @Nullable ArtifactStore opened;

    public StoreOnDemand(Opening opening) {
        this.opening = opening;
    }

    /** Finds a store. */
    @FunctionalInterface
    public interface Opening {
        ArtifactStore open() throws IOException;
    }

    private ArtifactStore store() throws IOException {
        ArtifactStore store = opened;
        if (store == null) {
            store = opening.open();
            opened = store;
        }
        return store;
    }

    @Override
    public void upload(Path file, String path) throws IOException {
        store().upload(file, path);
    }

    @Override
    public List<ArtifactEntry> list(String directory) throws IOException {
        return store().list(directory);
    }

    @Override
    public void download(String path, Path target) throws IOException {
        store().download(path, target);
    }
}
