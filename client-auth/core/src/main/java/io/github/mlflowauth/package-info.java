/**
 * The MLflow client for the JVM that works behind Basic auth and Identity-Aware Proxy. Start with
 * {@link io.github.mlflowauth.MlflowClients}: every client is made there. What it gives is an
 * {@link io.github.mlflowauth.AuthMlflowClient}, which is an {@link org.mlflow.tracking.MlflowClient}.
 */
@NullMarked
package io.github.mlflowauth;

import org.jspecify.annotations.NullMarked;
