/**
 * Drives what the repository deploys: its scripts, Terraform and container images. What all of them need lives here;
 * start with {@link io.github.mlflowauth.deploy.Command}, which runs a program, and
 * {@link io.github.mlflowauth.deploy.Requires}, which says what a test cannot do without.
 */
@NullMarked
package io.github.mlflowauth.deploy;

import org.jspecify.annotations.NullMarked;
