/**
 * A training job with XGBoost4J that logs to a protected MLflow server. Start with
 * {@link io.github.mlflowauth.trainingjob.TrainingJob}; the logging is in {@code LoggedTraining}.
 */
@NullMarked
package io.github.mlflowauth.trainingjob;

import org.jspecify.annotations.NullMarked;
