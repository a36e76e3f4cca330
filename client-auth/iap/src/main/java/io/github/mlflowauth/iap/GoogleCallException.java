package io.github.mlflowauth.iap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call of a Google endpoint that brought no token, and whether another try may. */
final class GoogleCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean worthAnotherTry;

    private GoogleCallException(String message, @Nullable Throwable cause, boolean worthAnotherTry) {
        super(message, cause);
        this.worthAnotherTry = worthAnotherTry;
    }

    /** No answer came. */
    static GoogleCallException unreachable(String message, Throwable cause) {
        return new GoogleCallException(message, cause, true);
    }

    /** An answer of this status came: 401 (a stale access token), 408, 429 and 5xx are worth another try. */
    static GoogleCallException refused(int status, String message) {
        return new GoogleCallException(message, null, status == 401 || status == 408 || status == 429 || status >= 500);
    }

    boolean isWorthAnotherTry() {
        return worthAnotherTry;
    }
}
