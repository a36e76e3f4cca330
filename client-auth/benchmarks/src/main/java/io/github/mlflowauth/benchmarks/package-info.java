/** JMH benchmarks, one class each. README.md says how to run them. */
@NullMarked
package io.github.mlflowauth.benchmarks;

import org.jspecify.annotations.NullMarked;
