/**
 * The {@code mlflow-auth} command. Start with {@link io.github.mlflowauth.cli.MlflowAuth}: it has the subcommands.
 * What they share of settings is in {@code ServerOptions}; the checks of {@code doctor} have a package of their own.
 */
@NullMarked
package io.github.mlflowauth.cli;

import org.jspecify.annotations.NullMarked;
