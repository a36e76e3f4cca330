package io.github.mlflowauth.testkit;

import org.jspecify.annotations.Nullable;

/** A server could not be installed, started or asked. The message says what happened and what to do next. */
public final class MlflowServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean pythonMissing;

    MlflowServerException(String message) {
        this(message, null, false);
    }

    MlflowServerException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    private MlflowServerException(String message, @Nullable Throwable cause, boolean pythonMissing) {
        super(message, cause);
        this.pythonMissing = pythonMissing;
    }

    static MlflowServerException noPython(String message) {
        return new MlflowServerException(message, null, true);
    }

    /** Whether the cause is that this machine has no suitable Python. */
    public boolean isPythonMissing() {
        return pythonMissing;
    }
}
