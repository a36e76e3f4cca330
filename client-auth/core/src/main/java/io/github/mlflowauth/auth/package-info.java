/**
 * How a request proves who it is. Start with {@link io.github.mlflowauth.auth.RequestAuth}, the one question that
 * every kind of auth answers; {@link io.github.mlflowauth.auth.BasicAuth} and
 * {@link io.github.mlflowauth.auth.BearerAuth} are built in, others come as a
 * {@link io.github.mlflowauth.auth.RequestAuthProvider}. A foreign token needs only a
 * {@link io.github.mlflowauth.auth.TokenSource}, which is one lambda.
 */
@NullMarked
package io.github.mlflowauth.auth;

import org.jspecify.annotations.NullMarked;
