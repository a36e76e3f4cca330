package io.github.mlflowauth;

import io.github.mlflowauth.auth.AuthLayer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The facts of a failed call, as methods. Every exception of a call to the server implements it: with an HTTP status it
 * is an {@link MlflowResponseException} (caught as {@link org.mlflow.tracking.MlflowHttpException}), without one an
 * {@link MlflowRequestException} (caught as {@link org.mlflow.tracking.MlflowClientException}).
 */
public interface MlflowFailure {

    /** HTTP status of the last answer; empty if there was none. */
    OptionalInt statusCode();

    /** MLflow's error code, for example {@code RESOURCE_DOES_NOT_EXIST}; empty if the answer named none. */
    Optional<String> errorCode();

    /** Whether the same call may be made again without harm, and may succeed then. */
    boolean isRetryable();

    /** How many requests were sent, or tried to be; 0 if the call was given up before. */
    int attempts();

    /** Which layer refused the credential; empty if none did. */
    Optional<AuthLayer> refusedBy();

    /**
     * Whether the server may have done the work although the call failed. True only for calls that must not be sent
     * twice, such as {@code runs/create}: look for the result before you make it again.
     */
    boolean isOutcomeUnknown();
}
