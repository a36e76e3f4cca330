/** Benchmarks, one class each: JMH ones, and {@link io.github.mlflowauth.benchmarks.ColdStart}. README.md says how to run them. */
@NullMarked
package io.github.mlflowauth.benchmarks;

import org.jspecify.annotations.NullMarked;
