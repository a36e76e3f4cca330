package io.github.mlflowauth.artifacts.internal;

import io.github.mlflowauth.http.internal.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Opens the store that an artifact URI names. Thread-safe. */
public final class ArtifactStores {
    private final Transport transport;
    private final List<Path> allowedFileRoots;

    /**
     * Stores that are reached through a transport.
     *
     * @param allowedFileRoots directories below which a {@code file:} root may lie when the server isn't on this machine
     */
    public ArtifactStores(Transport transport, List<Path> allowedFileRoots) {
        this.transport = transport;
        this.allowedFileRoots = List.copyOf(allowedFileRoots);
    }

    /**
     * @param artifactUri as the server gives it, for example {@code mlflow-artifacts:/0/RUN/artifacts}
     * @throws IOException if this client can't use such a root, or must not
     */
    public ArtifactStore open(String artifactUri) throws IOException {
        URI uri = parse(artifactUri);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "mlflow-artifacts":
                requireOwnHost(uri);
                return new ProxiedStore(transport, trimSlashes(uri.getPath()));
            case "http":
            case "https":
                return proxiedByUrl(uri);
            case "":
            case "file":
                return file(Path.of(uri.getPath()));
            default:
                throw new IOException("The artifacts lie at " + scheme + "://" + uri.getAuthority()
                        + ", which this client can't reach by itself. It reaches artifacts that the server proxies"
                        + " (mlflow server --artifacts-destination …, so that runs get mlflow-artifacts: roots) and file:"
                        + " roots on this machine.");
        }
    }

    private static URI parse(String artifactUri) throws IOException {
        try {
            return artifactUri.contains(":") ? URI.create(artifactUri) : new URI(null, null, artifactUri, null);
        } catch (IllegalArgumentException | java.net.URISyntaxException e) {
            throw new IOException("The server names an artifact root that is not a URI: " + artifactUri, e);
        }
    }

    private ArtifactStore proxiedByUrl(URI uri) throws IOException {
        requireOwnHost(uri);
        int route = uri.getPath().indexOf(ProxiedStore.ROUTE);
        if (route < 0) {
            throw new IOException("The artifact root " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath()
                    + " is no artifact route of MLflow (…" + ProxiedStore.ROUTE + "/…), so it can't be used.");
        }
        return new ProxiedStore(transport, trimSlashes(uri.getPath().substring(route + ProxiedStore.ROUTE.length())));
    }

    private void requireOwnHost(URI uri) throws IOException {
        if (uri.getHost() != null && !transport.origin().isHostOf(uri)) {
            throw new IOException("The artifacts are proxied by another server (" + uri.getAuthority() + ") than "
                    + transport.origin() + ". Credentials go to the tracking server only, so they can't be reached.");
        }
    }

    private ArtifactStore file(Path root) throws IOException {
        Path real = root.toAbsolutePath().normalize();
        boolean allowed = transport.origin().isLoopback()
                || allowedFileRoots.stream()
                        .anyMatch(parent ->
                                real.startsWith(parent.toAbsolutePath().normalize()));
        if (!allowed) {
            throw new IOException("The server names the local directory " + real + " as artifact root. It is used only"
                    + " with a server on this machine, or below a directory that the client allows"
                    + " (builder().allowFileArtifacts(directory)). To have the server store artifacts, start it with"
                    + " --serve-artifacts.");
        }
        return new FileStore(real);
    }

    private static String trimSlashes(String path) {
        return path.replaceAll("/+", "/").replaceAll("^/|/$", "");
    }
}
