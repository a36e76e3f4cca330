package io.github.mlflowauth.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was asked of the builder, as one value that does not change. */
final class ServerSpec {
    final MlflowVersion version;
    final @Nullable String adminUser;
    final @Nullable String adminPassword;
    final int port;
    final int workers;
    final boolean serveArtifacts;
    final String staticPrefix;
    final @Nullable String backendStoreUri;
    final @Nullable String artifactsDestination;
    final List<String> allowedHosts;
    final Map<String, String> extraEnvironment;
    final List<String> options;
    final @Nullable Path directory;
    final Duration startTimeout;
    final Consumer<String> progress;
    final Map<String, String> environment;

    ServerSpec(LocalMlflowServer.Builder from) {
        version = from.version;
        adminUser = from.adminUser;
        adminPassword = from.adminPassword;
        port = from.port;
        workers = from.workers;
        serveArtifacts = from.serveArtifacts;
        staticPrefix = from.staticPrefix;
        backendStoreUri = from.backendStoreUri;
        artifactsDestination = from.artifactsDestination;
        allowedHosts = List.copyOf(from.allowedHosts);
        extraEnvironment = Map.copyOf(from.extraEnvironment);
        options = List.copyOf(from.options);
        directory = from.directory;
        startTimeout = from.startTimeout;
        progress = from.progress;
        environment = Map.copyOf(from.environment);
    }

    boolean hasBasicAuth() {
        return adminUser != null;
    }
}
