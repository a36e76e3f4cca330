package io.github.mlflowauth.auth;

/**
 * A kind of auth that {@code MLFLOW_TRACKING_AUTH} or a builder can choose, found with
 * {@link java.util.ServiceLoader}. The names follow MLflow's Python plugin {@code mlflow.request_auth_provider}, but
 * an unknown name is an error here, never a request without credentials.
 *
 * <p>Providers are descriptions: cheap to make, immutable, without secrets. The live thing is the
 * {@link RequestAuth} that they create.
 */
public interface RequestAuthProvider {

    /** The name that {@code MLFLOW_TRACKING_AUTH} gives, compared without regard to case; for example {@code iap}. */
    String name();

    /**
     * Makes the auth of one client. Does no network I/O: the first request does what is needed.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong; the message names it and its right form
     */
    RequestAuth create(AuthSettings settings);
}
