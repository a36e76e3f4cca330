package io.github.mlflowauth.artifacts.internal;

/** A name in an artifact directory. Immutable. */
public final class ArtifactEntry {
    private final String name;
    private final boolean directory;

    ArtifactEntry(String name, boolean directory) {
        this.name = name;
        this.directory = directory;
    }

    /** The last segment of the path. */
    public String name() {
        return name;
    }

    public boolean isDirectory() {
        return directory;
    }
}
