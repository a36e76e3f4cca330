package io.github.mlflowauth;

import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.http.internal.CallFailedException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowHttpException;

/** A call whose HTTP answer isn't the wanted one. {@link #getMessage} says what to do next. */
public final class MlflowResponseException extends MlflowHttpException implements MlflowFailure {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final int attempts;
    private final boolean retryable;
    private final boolean outcomeUnknown;
    private final @Nullable String errorCode;
    private final @Nullable AuthLayer refusedBy;

    MlflowResponseException(CallFailedException failure) {
        super(failure.status().orElse(0), failure.reason(), failure.body());
        this.message = String.valueOf(failure.getMessage());
        this.attempts = failure.attempts();
        this.retryable = failure.isRetryable();
        this.outcomeUnknown = failure.isOutcomeUnknown();
        this.errorCode = failure.errorCode().orElse(null);
        this.refusedBy = failure.refusedBy().orElse(null);
        if (failure.getCause() != null) {
            initCause(failure.getCause());
        }
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public OptionalInt statusCode() {
        return OptionalInt.of(getStatusCode());
    }

    @Override
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public Optional<AuthLayer> refusedBy() {
        return Optional.ofNullable(refusedBy);
    }

    @Override
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
