package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The way from a specification to a server that answers. */
final class ServerStart {
    private static final int PORT_TRIES = 3;
    private static final int PROBE_MILLIS = 2_000;
    private static final long POLL_MILLIS = 100;

    private final ServerSpec spec;

    ServerStart(ServerSpec spec) {
        this.spec = spec;
    }

    LocalMlflowServer run() {
        Path python = new VenvCache(spec.environment, spec.progress).python(spec.version);
        try {
            Path folder = folder();
            for (int attempt = 1; ; attempt++) {
                int port = port();
                ServerCommand command = new ServerCommand(spec, folder);
                ServerProcess process =
                        ServerProcess.start(python, command.argv(python, port), command.environment(), folder);
                if (answers(process, port, attempt)) {
                    return new LocalMlflowServer(spec, process, uri(port), folder, python);
                }
            }
        } catch (IOException e) {
            throw new MlflowServerException("Cannot start the MLflow server: " + e.getMessage(), e);
        }
    }

    private Path folder() throws IOException {
        return spec.directory == null
                ? Files.createTempDirectory("mlflow-server-")
                : Files.createDirectories(spec.directory).toAbsolutePath();
    }

    private int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(spec.port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new MlflowServerException(
                    "Port " + spec.port + " of 127.0.0.1 is taken by another program (" + e.getMessage()
                            + "). Stop that program, choose another port, or leave the port out to get a free one.",
                    e);
        }
    }

    private URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port + spec.staticPrefix);
    }

    /** True when it answers, false when the port was lost to another program and another one is worth a try. */
    private boolean answers(ServerProcess process, int port, int attempt) {
        long start = System.nanoTime();
        spec.progress.accept("Starting MLflow " + spec.version.number() + " on " + uri(port));
        try {
            waitForHealth(process, port);
        } catch (MlflowServerException e) {
            process.stop();
            if (spec.port == 0 && attempt < PORT_TRIES && process.logTail().contains("ddress already in use")) {
                return false;
            }
            throw e;
        }
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        spec.progress.accept("MLflow answers on " + uri(port) + " (" + millis + " ms)");
        return true;
    }

    private void waitForHealth(ServerProcess process, int port) {
        long deadline = System.nanoTime() + spec.startTimeout.toNanos();
        while (!isHealthy(port)) {
            if (!process.isAlive()) {
                throw failure("ended with code " + process.exitCode() + " before it answered", process);
            }
            if (System.nanoTime() > deadline) {
                throw failure("did not answer within " + spec.startTimeout.toSeconds() + " s", process);
            }
            pause(process);
        }
    }

    private boolean isHealthy(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(uri(port) + "/health").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            connection.setInstanceFollowRedirects(false);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private MlflowServerException failure(String what, ServerProcess process) {
        return new MlflowServerException("MLflow " + spec.version.number() + " " + what + ". Its log is kept in "
                + process.log() + "; the last lines:\n" + process.logTail());
    }

    private static void pause(ServerProcess process) {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            process.stop();
            Thread.currentThread().interrupt();
            throw new MlflowServerException("Interrupted while waiting for the MLflow server", e);
        }
    }
}
