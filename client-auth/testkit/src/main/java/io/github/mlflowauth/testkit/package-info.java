/**
 * A real MLflow server for the tests of any JVM program that talks to MLflow. Start with
 * {@link io.github.mlflowauth.testkit.LocalMlflowServer}; in JUnit 5 with
 * {@link io.github.mlflowauth.testkit.MlflowServerExtension}.
 */
@NullMarked
package io.github.mlflowauth.testkit;

import org.jspecify.annotations.NullMarked;
