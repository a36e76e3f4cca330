/**
 * The Terraform of {@code terraform/modules/aws-artifact-store}, tested and applied with the real AWS provider against
 * a fake AWS. Start with {@link io.github.mlflowauth.deploy.aws.ArtifactStoreTest}.
 */
@NullMarked
package io.github.mlflowauth.deploy.aws;

import org.jspecify.annotations.NullMarked;
