package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Python environments with MLflow in them, made once and kept in the user's cache under the hash of their lock file.
 * Two processes that ask at once make one; one that was left half-made is made again.
 */
final class VenvCache {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(15);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(30);
    private static final long LOCK_POLL_MILLIS = 200;

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    VenvCache(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    /** The venv's Python, ready to use. */
    Path python(MlflowVersion version) {
        return python(version.number(), version.lockFile(), version.newestPythonMinor());
    }

    Path python(String what, byte[] lockFile, int newestPythonMinor) {
        Path venv = folder().resolve("venv-" + hash(lockFile));
        try {
            if (!isComplete(venv)) {
                Files.createDirectories(venv.getParent());
                makeAlone(venv, what, lockFile, newestPythonMinor);
            }
        } catch (IOException e) {
            throw new MlflowServerException(
                    "Cannot make the Python environment " + venv + ": " + e.getMessage()
                            + ". Check that the folder is writable and the disk not full, or set XDG_CACHE_HOME.",
                    e);
        }
        return pythonOf(venv);
    }

    private Path folder() {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path root = Path.of(cache).isAbsolute()
                ? Path.of(cache)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
        return root.resolve("mlflow-client-auth");
    }

    private static Path pythonOf(Path venv) {
        return venv.resolve("bin").resolve("python");
    }

    private static Path marker(Path venv) {
        return venv.resolve("complete");
    }

    /** Complete means: pip came to its end, and the Python that the venv points to is still there. */
    private boolean isComplete(Path venv) {
        if (!Files.exists(marker(venv))) {
            return false;
        }
        try {
            Command check = new Command(List.of(pythonOf(venv).toString(), "-c", "import pip"), environment);
            return check.run(CHECK_LIMIT).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void makeAlone(Path venv, String what, byte[] lockFile, int newestPythonMinor) throws IOException {
        Path lock = venv.resolveSibling(venv.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = acquire(channel, venv)) {
            if (held.isValid() && !isComplete(venv)) {
                make(venv, what, lockFile, newestPythonMinor);
            }
        }
    }

    private FileLock acquire(FileChannel channel, Path venv) throws IOException {
        long deadline = System.nanoTime() + INSTALL_LIMIT.toNanos();
        boolean told = false;
        while (System.nanoTime() < deadline) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (!told) {
                progress.accept("Waiting for another process that makes " + venv);
                told = true;
            }
            pause();
        }
        throw new IOException("another process has held its lock for " + INSTALL_LIMIT.toMinutes() + " minutes");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this JVM has it
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOCK_POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the lock", e);
        }
    }

    private void make(Path venv, String what, byte[] lockFile, int newestPythonMinor) throws IOException {
        Path python = new PythonFinder(environment, newestPythonMinor).find();
        Folders.delete(venv);
        long start = System.nanoTime();
        progress.accept("Making a Python environment for MLflow " + what + " in " + venv
                + " (once; about a minute, 900 MB) with " + python);
        Path log = venv.resolveSibling(venv.getFileName() + ".log");
        Files.deleteIfExists(log);
        run(log, List.of(python.toString(), "-m", "venv", venv.toString()));
        Path requirements = Files.write(venv.resolve("requirements.lock"), lockFile);
        run(log, pipInstall(venv, requirements));
        Files.createFile(marker(venv));
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        progress.accept("MLflow " + what + " is installed (" + seconds + " s)");
    }

    private static List<String> pipInstall(Path venv, Path requirements) {
        return List.of(
                pythonOf(venv).toString(),
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--no-deps",
                "--only-binary=:all:",
                "--require-hashes",
                "-r",
                requirements.toString());
    }

    private void run(Path log, List<String> argv) throws IOException {
        Command.Result result = new Command(argv, environment).run(INSTALL_LIMIT, new PipProgress(progress));
        Files.writeString(log, result.output(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (result.exitCode() != 0) {
            throw new IOException(String.join(" ", argv.subList(1, Math.min(4, argv.size()))) + " ended with code "
                    + result.exitCode() + ", see " + log + ". It said:\n" + result.tail(8) + "\n");
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                hex.append(String.format("%02x", digest[i]));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
