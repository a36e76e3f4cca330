package io.github.mlflowauth.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks along PATH for a Python that can make a venv and is neither too old nor too new. */
final class PythonFinder {
    private static final int OLDEST_MINOR = 11;
    private static final int NEWEST_KNOWN_MINOR = 14;
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final String PROBE =
            "import sys; print('%d.%d' % sys.version_info[:2]); import venv, ensurepip; print('venv')";

    private final Map<String, String> environment;
    private final int newestMinor;
    private final List<String> seen = new ArrayList<>();

    PythonFinder(Map<String, String> environment, int newestMinor) {
        this.environment = environment;
        this.newestMinor = newestMinor;
    }

    /** The first suitable Python, or an exception that names all that was looked at. */
    Path find() {
        for (String name : names()) {
            for (Path program : onPath(name)) {
                if (suits(program)) {
                    return program;
                }
            }
        }
        throw MlflowServerException.noPython(message());
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("python3"));
        for (int minor = OLDEST_MINOR; minor <= NEWEST_KNOWN_MINOR; minor++) {
            names.add("python3." + minor);
        }
        return names;
    }

    private List<Path> onPath(String name) {
        List<Path> found = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path program = Path.of(folder).resolve(name);
            if (!folder.isEmpty() && Files.isExecutable(program) && !Files.isDirectory(program)) {
                found.add(program);
            }
        }
        return found;
    }

    private boolean suits(Path program) {
        Optional<String> problem = problemOf(program);
        problem.ifPresent(text -> seen.add(program + ": " + text));
        return problem.isEmpty();
    }

    private Optional<String> problemOf(Path program) {
        Command.Result result;
        try {
            result = new Command(List.of(program.toString(), "-c", PROBE), environment).run(PROBE_LIMIT);
        } catch (IOException e) {
            return Optional.of("did not run (" + e.getMessage() + ")");
        }
        String[] lines = result.output().split("\n", -1);
        if (!lines[0].matches("\\d+\\.\\d+")) {
            return Optional.of("did not tell its version (exit code " + result.exitCode() + ")");
        }
        return problemOfVersion(lines[0], result);
    }

    private Optional<String> problemOfVersion(String version, Command.Result result) {
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        int minor = Integer.parseInt(version.substring(version.indexOf('.') + 1));
        if (major != 3 || minor < OLDEST_MINOR) {
            return Optional.of("Python " + version + ", too old");
        }
        if (minor > newestMinor) {
            return Optional.of("Python " + version + ", too new");
        }
        return result.exitCode() == 0
                ? Optional.empty()
                : Optional.of("Python " + version + " without its venv module (Debian: apt-get install python3-venv)");
    }

    private String message() {
        String range = "Python 3." + OLDEST_MINOR + " to 3." + newestMinor;
        String looked = seen.isEmpty()
                ? "none of " + String.join(", ", names()) + " is on PATH"
                : "found only " + String.join("; ", seen);
        return "The MLflow server needs " + range + ": " + looked
                + ". Install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13)"
                + " and make sure that it is on PATH.";
    }
}
