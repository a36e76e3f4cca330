/**
 * Not for users: how this project's own tests ask for the external programs that they need. Start with
 * {@link io.github.mlflowauth.testkit.internal.Component}.
 */
@NullMarked
package io.github.mlflowauth.testkit.internal;

import org.jspecify.annotations.NullMarked;
