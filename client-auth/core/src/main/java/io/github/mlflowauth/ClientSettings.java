package io.github.mlflowauth;

import io.github.mlflowauth.http.TransportSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about a client that isn't secret, as one immutable value. */
final class ClientSettings {
    private final URI trackingUri;
    private final TransportSettings transport;
    private final @Nullable String workspace;
    private final boolean plainHttpAllowed;
    private final List<Path> fileArtifactRoots;

    ClientSettings(
            URI trackingUri,
            TransportSettings transport,
            @Nullable String workspace,
            boolean plainHttpAllowed,
            List<Path> fileArtifactRoots) {
        this.trackingUri = trackingUri;
        this.transport = transport;
        this.workspace = workspace;
        this.plainHttpAllowed = plainHttpAllowed;
        this.fileArtifactRoots = List.copyOf(fileArtifactRoots);
    }

    URI trackingUri() {
        return trackingUri;
    }

    TransportSettings transport() {
        return transport;
    }

    @Nullable
    String workspace() {
        return workspace;
    }

    boolean isPlainHttpAllowed() {
        return plainHttpAllowed;
    }

    /** Folders below which a {@code file:} artifact root that the server names may be used. */
    List<Path> fileArtifactRoots() {
        return fileArtifactRoots;
    }

    @Override
    public String toString() {
        return "ClientSettings{trackingUri=" + trackingUri + ", transport=" + transport + ", workspace=" + workspace
                + ", plainHttpAllowed=" + plainHttpAllowed + "}";
    }
}
