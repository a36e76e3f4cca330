package io.github.mlflowauth.auth;

/** Where a credential is checked. */
public enum AuthLayer {
    /** In front of MLflow: a reverse proxy or Identity-Aware Proxy. */
    GATE,
    /** MLflow itself, for example its {@code basic-auth} app. */
    APP
}
