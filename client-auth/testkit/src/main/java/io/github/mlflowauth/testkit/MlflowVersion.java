package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The MLflow releases that {@link LocalMlflowServer} can start, each with its own pinned packages. */
public enum MlflowVersion {
    /** The current line. */
    V3_17("3.17.2", 14),
    /** The last release of the 2.x line, for compatibility tests. Some of its packages need Python 3.13 or older. */
    V2_22("2.22.5", 13);

    private final String number;
    private final int newestPythonMinor;

    MlflowVersion(String number, int newestPythonMinor) {
        this.number = number;
        this.newestPythonMinor = newestPythonMinor;
    }

    /** The exact release, for instance {@code 3.17.2}. */
    public String number() {
        return number;
    }

    int newestPythonMinor() {
        return newestPythonMinor;
    }

    /** Whether the server takes the first administrator's name and password from the environment. */
    boolean adminFromEnvironment() {
        return this != V2_22;
    }

    byte[] lockFile() {
        String name = "mlflow-" + number + ".lock";
        try (InputStream in = MlflowVersion.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The testkit's jar has no " + name + "; it was repackaged wrongly");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " from the testkit's jar", e);
        }
    }
}
