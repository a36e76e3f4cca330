/**
 * A real MLflow server and a small model that is logged to it. Start with
 * {@link io.github.mlflowauth.quickstart.Quickstart}; what one writes in a program of one's own is in
 * {@code TrainingRun}.
 */
@NullMarked
package io.github.mlflowauth.quickstart;

import org.jspecify.annotations.NullMarked;
