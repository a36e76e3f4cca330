package io.github.mlflowauth;

import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.http.internal.CallFailedException;
import java.util.Optional;
import java.util.OptionalInt;
import org.mlflow.tracking.MlflowClientException;

/** A call that got no HTTP answer: not sent, broken off, or out of time. */
public final class MlflowRequestException extends MlflowClientException implements MlflowFailure {
    private static final long serialVersionUID = 1L;

    private final int attempts;
    private final boolean retryable;
    private final boolean outcomeUnknown;

    MlflowRequestException(CallFailedException failure) {
        super(failure.getMessage(), failure.getCause());
        this.attempts = failure.attempts();
        this.retryable = failure.isRetryable();
        this.outcomeUnknown = failure.isOutcomeUnknown();
    }

    @Override
    public OptionalInt statusCode() {
        return OptionalInt.empty();
    }

    @Override
    public Optional<String> errorCode() {
        return Optional.empty();
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
        return Optional.empty();
    }

    @Override
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
