package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real MLflow server of one's own, on a free port of 127.0.0.1, with an empty database.
 *
 * <pre>{@code
 * try (LocalMlflowServer server = LocalMlflowServer.builder().start()) {
 *     MlflowClient client = new MlflowClient(server.uri().toString());
 *     ...
 * }
 * }</pre>
 *
 * <p>The first start on a machine installs MLflow from a hash-pinned list of packages into
 * {@code ~/.cache/mlflow-client-auth} (or below {@code XDG_CACHE_HOME}); it takes about a minute, and the
 * {@linkplain Builder#progress progress listener} tells how far it is. Later starts take some seconds. Needs Python
 * 3.11 or newer, on Linux or macOS. The server and all its processes end with {@link #close()}, and with this JVM
 * however it ends. Safe to use from several threads.
 */
public final class LocalMlflowServer implements AutoCloseable {
    private final ServerSpec spec;
    private final ServerProcess process;
    private final URI uri;
    private final Path folder;
    private final Path python;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean keepFiles;
    private final Thread atExit = new Thread(this::stop, "stops the MLflow server");

    LocalMlflowServer(ServerSpec spec, ServerProcess process, URI uri, Path folder, Path python) {
        this.spec = spec;
        this.process = process;
        this.uri = uri;
        this.folder = folder;
        this.python = python;
        this.keepFiles = new AtomicBoolean(spec.directory != null);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A server with MLflow 3.17.2, one worker, sqlite, proxied artifacts and no login, unless told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** The tracking URI, without credentials and with the static prefix if there is one. */
    public URI uri() {
        return uri;
    }

    /** Which MLflow it runs. */
    public MlflowVersion version() {
        return spec.version;
    }

    /** What the server has written so far. Deleted by {@link #close()} unless {@link #keepFiles()} was called. */
    public Path log() {
        return process.log();
    }

    /** The Python that the server runs on, set up to talk to this server. */
    public MlflowPython python() {
        Map<String, String> environment = ServerCommand.withoutMlflow(spec.environment);
        environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
        environment.put("MLFLOW_TRACKING_URI", uri.toString());
        if (spec.adminUser != null && spec.adminPassword != null) {
            environment.put("MLFLOW_TRACKING_USERNAME", spec.adminUser);
            environment.put("MLFLOW_TRACKING_PASSWORD", spec.adminPassword);
        }
        return new MlflowPython(python, environment);
    }

    /** Keeps log, database and artifacts after {@link #close()}, for instance because a test failed. */
    public void keepFiles() {
        keepFiles.set(true);
    }

    /** Whether the server still runs. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Stops the server and all its processes, and deletes its files. A second call does nothing. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
        }
    }

    private void stop() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        process.stop();
        if (!keepFiles.get()) {
            try {
                Folders.delete(folder);
            } catch (IOException e) {
                spec.progress.accept("Could not delete " + folder + ": " + e.getMessage());
            }
        }
    }

    /** Says what server to start. Each {@link #start()} gives another server; not safe for several threads. */
    public static final class Builder {
        MlflowVersion version = MlflowVersion.V3_17;

        @Nullable
        String adminUser;

        @Nullable
        String adminPassword;

        int port;
        int workers = 1;
        boolean serveArtifacts = true;
        String staticPrefix = "";

        @Nullable
        String backendStoreUri;

        @Nullable
        String artifactsDestination;

        List<String> allowedHosts = List.of();
        final Map<String, String> extraEnvironment = new LinkedHashMap<>();
        final List<String> options = new ArrayList<>();

        @Nullable
        Path directory;

        Duration startTimeout = Duration.ofMinutes(2);
        Consumer<String> progress =
                text -> System.getLogger(LocalMlflowServer.class.getName()).log(System.Logger.Level.INFO, text);
        Map<String, String> environment = System.getenv();

        private Builder() {}

        /** Which MLflow. */
        public Builder version(MlflowVersion newVersion) {
            this.version = newVersion;
            return this;
        }

        /**
         * Starts MLflow's own basic-auth app with this administrator.
         *
         * @param user without control characters
         * @param password at least 12 characters (MLflow's own rule), without control characters; never printed
         */
        public Builder basicAuthApp(String user, String password) {
            if (user.isEmpty() || user.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("user must not be empty or contain control characters");
            }
            if (password.length() < 12 || password.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "password must have at least 12 characters (MLflow refuses a shorter one) and no control"
                                + " characters");
            }
            this.adminUser = user;
            this.adminPassword = password;
            return this;
        }

        /** A port of one's choice from 1 to 65535; without this call a free one. */
        public Builder port(int newPort) {
            if (newPort < 1 || newPort > 65_535) {
                throw new IllegalArgumentException("port must be from 1 to 65535, not " + newPort);
            }
            this.port = newPort;
            return this;
        }

        /** How many worker processes, 1 by default. */
        public Builder workers(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("workers must be at least 1, not " + count);
            }
            this.workers = count;
            return this;
        }

        /** With false, clients write artifacts straight to the {@link #artifactsDestination artifact root}. */
        public Builder serveArtifacts(boolean newServeArtifacts) {
            this.serveArtifacts = newServeArtifacts;
            return this;
        }

        /** A path such as {@code /mlflow} below which everything is served. */
        public Builder staticPrefix(String prefix) {
            if (!prefix.startsWith("/") || prefix.endsWith("/")) {
                throw new IllegalArgumentException("staticPrefix must start with / and not end with it: " + prefix);
            }
            this.staticPrefix = prefix;
            return this;
        }

        /** A database of one's own (sqlite, {@code postgresql://…}). It reaches the server by its environment only. */
        public Builder backendStoreUri(String newUri) {
            this.backendStoreUri = newUri;
            return this;
        }

        /** Where artifacts go, for instance {@code s3://bucket/path}; by default a folder of the server's own. */
        public Builder artifactsDestination(String newUri) {
            this.artifactsDestination = newUri;
            return this;
        }

        /** The Host headers that the server accepts, instead of MLflow's defaults (which then no longer hold). */
        public Builder allowedHosts(String... hosts) {
            this.allowedHosts = List.of(hosts);
            return this;
        }

        /** One more environment variable of the server; the place for secrets. */
        public Builder env(String name, String value) {
            extraEnvironment.put(name, value);
            return this;
        }

        /** More options of {@code mlflow server}. Every user of the machine can see them, so no secrets here. */
        public Builder options(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        /** Where database, artifacts and log go, and stay; without this call a temporary folder that is deleted. */
        public Builder directory(Path newDirectory) {
            this.directory = newDirectory;
            return this;
        }

        /** How long the server may take until it answers, 2 minutes by default; installing does not count. */
        public Builder startTimeout(Duration limit) {
            this.startTimeout = limit;
            return this;
        }

        /** Hears one line for each long step. By default they go to {@link System.Logger}. */
        public Builder progress(Consumer<String> listener) {
            this.progress = listener;
            return this;
        }

        Builder environment(Map<String, String> newEnvironment) {
            this.environment = newEnvironment;
            return this;
        }

        /**
         * Installs MLflow where needed, starts the server and waits until it answers.
         *
         * @throws MlflowServerException if there is no suitable Python, the port is taken, the installation fails,
         *     or the server ends or stays silent; the message names the log that is kept, with its last lines
         */
        public LocalMlflowServer start() {
            return new ServerStart(new ServerSpec(this)).run();
        }
    }
}
