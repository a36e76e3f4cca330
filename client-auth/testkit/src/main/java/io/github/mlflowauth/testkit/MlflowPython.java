package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python that has MLflow in it, for instance to check what MLflow's own client reads. Scripts find the server
 * and the administrator's credentials in {@code MLFLOW_TRACKING_URI}, {@code _USERNAME} and {@code _PASSWORD}; no
 * other {@code MLFLOW_} variable of this process reaches them. Immutable and safe to share.
 */
public final class MlflowPython {
    private static final Duration DEFAULT_LIMIT = Duration.ofMinutes(2);
    private static final int TAIL_LINES = 25;

    private final Path python;
    private final Map<String, String> environment;
    private final Duration limit;

    MlflowPython(Path python, Map<String, String> environment) {
        this(python, environment, DEFAULT_LIMIT);
    }

    private MlflowPython(Path python, Map<String, String> environment, Duration limit) {
        this.python = python;
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    /** A copy whose scripts see this variable too, or see it changed. */
    public MlflowPython env(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new MlflowPython(python, more, limit);
    }

    /** A copy whose scripts do not see this variable. */
    public MlflowPython withoutEnv(String name) {
        Map<String, String> fewer = new HashMap<>(environment);
        fewer.remove(name);
        return new MlflowPython(python, fewer, limit);
    }

    /** A copy whose scripts may take this long instead of two minutes. */
    public MlflowPython timeout(Duration newLimit) {
        return new MlflowPython(python, environment, newLimit);
    }

    /** The program itself, for those who start it on their own. */
    public Path program() {
        return python;
    }

    /**
     * Runs a script to its end.
     *
     * @param script the text of the script; secrets belong into {@link #env}
     * @param arguments what the script finds in {@code sys.argv[1:]}
     * @return what it printed to its standard output
     * @throws MlflowServerException with the end of its error output, if it fails or takes too long
     */
    public String run(String script, String... arguments) {
        try {
            Path folder = Files.createTempDirectory("mlflow-python-");
            try {
                return run(folder, script, arguments);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new MlflowServerException("Cannot run the Python script: " + e.getMessage(), e);
        }
    }

    private String run(Path folder, String script, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        Path errors = folder.resolve("errors");
        List<String> argv = new ArrayList<>(List.of(python.toString(), file.toString()));
        argv.addAll(Arrays.asList(arguments));
        Command.Result result =
                new Command(argv, environment).in(folder).errorsTo(errors).run(limit);
        if (result.exitCode() != 0) {
            String tail = new Command.Result(1, Files.readString(errors)).tail(TAIL_LINES);
            throw new MlflowServerException("The Python script ended with code " + result.exitCode()
                    + ". Its error output ends with:\n" + tail);
        }
        return result.output();
    }
}
