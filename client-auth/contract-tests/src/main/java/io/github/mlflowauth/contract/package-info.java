/**
 * The contract of the client, as tests that run against any real MLflow server through any kind of auth. Start with
 * {@link io.github.mlflowauth.contract.ClientContract}: extend it and say how a client is made.
 */
@NullMarked
package io.github.mlflowauth.contract;

import org.jspecify.annotations.NullMarked;
