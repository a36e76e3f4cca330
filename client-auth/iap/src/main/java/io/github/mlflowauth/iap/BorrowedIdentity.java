package io.github.mlflowauth.iap;

import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.util.Map;

/** An identity that IAP takes no token of, but which may act as a service account: a user, a federated workload. */
final class BorrowedIdentity implements GoogleIdentity {
    private final String name;
    private final String whyNoToken;
    private final LibraryAccess access;

    private BorrowedIdentity(String name, String whyNoToken, GoogleCredentials credentials, GoogleHttp http) {
        this.name = name;
        this.whyNoToken = whyNoToken;
        this.access = new LibraryAccess(credentials, name, http);
    }

    /** A person, logged in with {@code gcloud auth application-default login}. */
    static GoogleIdentity user(GoogleCredentials credentials, String origin, GoogleHttp http) {
        return new BorrowedIdentity(
                "a user (" + origin + ")",
                "Application Default Credentials are a user's (" + origin + "). Google ignores the audience for user"
                        + " credentials, so IAP would refuse the token.",
                credentials,
                http);
    }

    /** A workload of another cloud or identity provider. */
    static GoogleIdentity federated(GoogleCredentials credentials, String origin, GoogleHttp http) {
        return new BorrowedIdentity(
                "a federated workload (" + origin + ")",
                "Application Default Credentials are a federated workload's without a service account (" + origin
                        + "). IAP takes no token of those.",
                credentials,
                http);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String token(IapAudience audience) throws IOException {
        throw new IOException(whyNoToken + " Name the service account to act as: " + IapAuth.IMPERSONATE
                + "=SA@PROJECT.iam.gserviceaccount.com, or impersonating(\"SA@…\") in code (you need "
                + IamCredentialsApi.role(audience) + " on it).");
    }

    @Override
    public Map<String, String> accessHeaders() throws IOException {
        return access.headers();
    }
}
