package io.github.mlflowauth.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a program to its end, within a bound. Output and error output are read as one unless asked otherwise. */
final class Command {
    private final List<String> argv;
    private final Map<String, String> environment;
    private @Nullable Path directory;
    private @Nullable Path errors;

    Command(List<String> argv, Map<String, String> environment) {
        this.argv = List.copyOf(argv);
        this.environment = environment;
    }

    Command in(Path folder) {
        this.directory = folder;
        return this;
    }

    Command errorsTo(Path file) {
        this.errors = file;
        return this;
    }

    Result run(Duration limit) throws IOException {
        return run(limit, line -> {});
    }

    /** Hands each line to the listener as it comes. */
    Result run(Duration limit, Consumer<String> listener) throws IOException {
        Process process = builder().start();
        StringBuilder output = new StringBuilder();
        Thread reader = new Thread(() -> read(process, output, listener), "output of " + argv.get(0));
        reader.setDaemon(true);
        reader.start();
        try {
            await(process, limit);
            reader.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + argv.get(0), e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        synchronized (output) {
            return new Result(process.exitValue(), output.toString());
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.redirectInput(new File("/dev/null"));
        if (errors == null) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(errors.toFile());
        }
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private void await(Process process, Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(argv.get(0) + " did not end within " + limit.toSeconds() + " s");
        }
    }

    private static void read(Process process, StringBuilder output, Consumer<String> listener) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.append(line).append('\n');
                }
                listener.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class Result {
        private final int exitCode;
        private final String output;

        Result(int exitCode, String output) {
            this.exitCode = exitCode;
            this.output = output;
        }

        int exitCode() {
            return exitCode;
        }

        String output() {
            return output;
        }

        /** The last lines, for an error message. */
        String tail(int lines) {
            String[] all = output.split("\n");
            return String.join("\n", List.of(all).subList(Math.max(0, all.length - lines), all.length));
        }
    }
}
