package io.github.mlflowauth.testkit.iap;

/** The services that the emulator plays, each on a port of its own. */
public enum Face {
    /** Identity-Aware Proxy itself, in front of the application. */
    IAP,
    /** Google's sign-in pages, which no credential may ever reach. */
    ACCOUNTS,
    /** The OAuth token endpoint, {@code oauth2.googleapis.com/token}. */
    TOKEN,
    /** The metadata server of Google's machines. */
    METADATA,
    /** {@code iamcredentials.googleapis.com}. */
    IAM_CREDENTIALS,
    /** {@code sts.googleapis.com}, for workload identity federation. */
    STS
}
