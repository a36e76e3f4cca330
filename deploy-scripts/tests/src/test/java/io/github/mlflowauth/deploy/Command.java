package io.github.mlflowauth.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and keeps what it printed. */
public final class Command {
    private final ProcessBuilder builder;
    private Duration limit = Duration.ofMinutes(2);
    private String input = "";

    private Command(List<String> line) {
        builder = new ProcessBuilder(line).directory(Repository.root().toFile());
    }

    public static Command of(String... line) {
        return new Command(Arrays.asList(line));
    }

    public static Command of(List<String> line) {
        return new Command(line);
    }

    public Command in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    public Command env(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    /** Starts from an empty environment but for PATH and HOME. */
    public Command cleanEnv() {
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
        return this;
    }

    public Command within(Duration limit) {
        this.limit = limit;
        return this;
    }

    public Command input(String input) {
        this.input = input;
        return this;
    }

    /** Runs it, whatever its exit status. */
    public Result run() {
        try {
            Path out = Files.createTempFile("command", ".out");
            Path err = Files.createTempFile("command", ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The program ended without reading its input; its status tells.
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(builder.command() + " still ran after " + limit + "\n" + Files.readString(out)
                        + Files.readString(err));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs it and demands success. */
    public Result succeed() {
        Result result = run();
        if (result.status() != 0) {
            throw new AssertionError(
                    builder.command() + " ended with " + result.status() + "\n" + result.out() + result.err());
        }
        return result;
    }

    /** What a program left behind. */
    public record Result(int status, String out, String err) {
        public String all() {
            return out + err;
        }
    }
}
