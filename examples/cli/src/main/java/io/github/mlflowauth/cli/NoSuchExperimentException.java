package io.github.mlflowauth.cli;

import org.mlflow.tracking.MlflowClientException;

/** An experiment was asked for by a name that the server doesn't have. */
final class NoSuchExperimentException extends MlflowClientException {
    private static final long serialVersionUID = 1L;

    NoSuchExperimentException(String name) {
        super("The server has no experiment with the name '" + name
                + "', or doesn't show it to this user: see 'mlflow-auth experiments list'.");
    }
}
