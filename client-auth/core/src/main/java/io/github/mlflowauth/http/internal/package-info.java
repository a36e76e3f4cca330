/**
 * The transport engine, not for users: anything here may change in any release. Start with
 * {@link io.github.mlflowauth.http.internal.HttpPools}, which opens the shared connections of one
 * {@link io.github.mlflowauth.http.TransportSettings}.
 */
@NullMarked
package io.github.mlflowauth.http.internal;

import org.jspecify.annotations.NullMarked;
