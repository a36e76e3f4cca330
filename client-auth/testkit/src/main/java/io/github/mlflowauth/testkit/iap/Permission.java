package io.github.mlflowauth.testkit.iap;

/** What one may be allowed to do with a service account. */
enum Permission {
    ID_TOKEN("iam.serviceAccounts.getOpenIdToken"),
    ACCESS_TOKEN("iam.serviceAccounts.getAccessToken"),
    SIGN_JWT("iam.serviceAccounts.signJwt"),
    DELEGATE("iam.serviceAccounts.implicitDelegation");

    final String id;

    Permission(String id) {
        this.id = id;
    }
}
