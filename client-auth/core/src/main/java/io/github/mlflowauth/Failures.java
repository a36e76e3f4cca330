package io.github.mlflowauth;

import io.github.mlflowauth.http.internal.CallFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.mlflow.tracking.MlflowClientException;

/** Turns the engine's failures into the exceptions that callers of an MLflow client catch. */
final class Failures {
    private Failures() {}

    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    static <T> T translate(Work<T> work) {
        try {
            return work.run();
        } catch (CallFailedException e) {
            throw e.status().isPresent() ? new MlflowResponseException(e) : new MlflowRequestException(e);
        } catch (IOException e) {
            throw new MlflowClientException(e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new MlflowClientException(e.getMessage(), e.getCause());
        }
    }
}
