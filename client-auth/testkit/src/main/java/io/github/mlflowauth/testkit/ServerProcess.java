package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running server with all its children. It ends when {@link #stop()} is called, and also when this JVM ends in
 * whatever way: the supervising script sees its standard input close.
 */
final class ServerProcess {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 25;

    private final Process process;
    private final Path log;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ServerProcess start(Path python, List<String> argv, Map<String, String> environment, Path folder)
            throws IOException {
        Path script = folder.resolve("supervise.py");
        try (var in = ServerProcess.class.getResourceAsStream("supervise.py")) {
            Files.write(script, in == null ? new byte[0] : in.readAllBytes());
        }
        Path log = folder.resolve("server.log");
        List<String> supervised = new ArrayList<>(List.of(python.toString(), "-I", script.toString()));
        supervised.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(supervised)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Only after the process has ended. */
    int exitCode() {
        return process.exitValue();
    }

    Path log() {
        return log;
    }

    String logTail() {
        try {
            String[] lines = Files.readString(log, StandardCharsets.UTF_8).split("\n");
            return String.join("\n", Arrays.copyOfRange(lines, Math.max(0, lines.length - TAIL_LINES), lines.length));
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }

    void stop() {
        try {
            process.getOutputStream().close();
            process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // The pipe is gone, so the supervisor has ended or is ending.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
