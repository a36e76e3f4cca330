/**
 * The image of {@code deploy-scripts/heroku} as a running container, and the scripts that put it on Heroku. Start with
 * {@link io.github.mlflowauth.deploy.heroku.Gate}, the container under test.
 */
@NullMarked
package io.github.mlflowauth.deploy.heroku;

import org.jspecify.annotations.NullMarked;
