/**
 * The checks of {@code mlflow-auth doctor}. Start with {@link io.github.mlflowauth.cli.doctor.Doctor}, which runs them
 * in order and knows which needs which.
 */
@NullMarked
package io.github.mlflowauth.cli.doctor;

import org.jspecify.annotations.NullMarked;
