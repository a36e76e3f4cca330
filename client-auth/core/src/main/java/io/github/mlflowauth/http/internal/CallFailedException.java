package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.auth.AuthLayer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A call that came to no result, with everything that is known of why. */
public final class CallFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int attempts;
    private final boolean retryable;
    private final boolean outcomeUnknown;
    private final int status;
    private final String reason;
    private final String body;
    private final @Nullable String errorCode;
    private final @Nullable AuthLayer refusedBy;

    CallFailedException(String message, Facts facts, @Nullable Throwable cause) {
        super(message, cause);
        this.attempts = facts.attempts;
        this.retryable = facts.retryable;
        this.outcomeUnknown = facts.outcomeUnknown;
        this.status = facts.status;
        this.reason = facts.reason;
        this.body = facts.body;
        this.errorCode = facts.errorCode;
        this.refusedBy = facts.refusedBy;
    }

    /** How many requests were made; 0 if nothing was sent. */
    public int attempts() {
        return attempts;
    }

    /** Whether the same call may be made again without harm, and may succeed then. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Whether the server may have done the work although no answer came. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }

    /** HTTP status of the last answer; empty if there was none. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** Reason phrase of the last answer, or an empty text. */
    public String reason() {
        return reason;
    }

    /** Start of the last answer's body, without credentials; or an empty text. */
    public String body() {
        return body;
    }

    /** MLflow's error code, for example {@code RESOURCE_DOES_NOT_EXIST}. */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /** Which layer refused the credential, when one did. */
    public Optional<AuthLayer> refusedBy() {
        return Optional.ofNullable(refusedBy);
    }

    /** The facts of a failure while they are gathered. */
    static final class Facts {
        int attempts;
        boolean retryable;
        boolean outcomeUnknown;
        int status;
        String reason = "";
        String body = "";

        @Nullable
        String errorCode;

        @Nullable
        AuthLayer refusedBy;
    }
}
