package io.github.mlflowauth.testkit.iap;

import java.util.EnumSet;
import java.util.Set;

/** The IAM roles on a service account that let a caller act as it. */
public enum Role {
    /** {@code roles/iam.serviceAccountOpenIdTokenCreator}: ID tokens only. */
    OPEN_ID_TOKEN_CREATOR(EnumSet.of(Permission.ID_TOKEN)),
    /** {@code roles/iam.serviceAccountTokenCreator}: ID tokens, access tokens, signed JWTs, delegation. */
    TOKEN_CREATOR(EnumSet.allOf(Permission.class)),
    /** {@code roles/iam.workloadIdentityUser}: ID tokens and access tokens for a federated identity. */
    WORKLOAD_IDENTITY_USER(EnumSet.of(Permission.ID_TOKEN, Permission.ACCESS_TOKEN));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    boolean allows(Permission permission) {
        return permissions.contains(permission);
    }
}
