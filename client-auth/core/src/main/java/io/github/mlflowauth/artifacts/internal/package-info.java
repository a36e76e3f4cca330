/**
 * Where artifacts lie and how their bytes move; not for users. Start with
 * {@link io.github.mlflowauth.artifacts.internal.ArtifactStores}.
 */
@NullMarked
package io.github.mlflowauth.artifacts.internal;

import org.jspecify.annotations.NullMarked;
