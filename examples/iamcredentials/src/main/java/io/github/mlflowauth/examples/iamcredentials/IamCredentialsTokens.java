package io.github.mlflowauth.examples.iamcredentials;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.iam.credentials.v1.IamCredentialsClient;
import com.google.cloud.iam.credentials.v1.IamCredentialsSettings;
import com.google.cloud.iam.credentials.v1.ServiceAccountName;
import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.BearerToken;
import io.github.mlflowauth.auth.TokenSource;
import java.io.IOException;
import java.util.List;

/**
 * Gets through Identity-Aware Proxy with ID tokens that Google's own client makes. The one lambda is all that
 * mlflow-client-auth needs to know of it: it keeps the token, renews it in the background and replaces it when it is
 * refused.
 *
 * <p>Prefer the module mlflow-client-auth-iap: it makes the same call without 49 jars, and explains refusals.
 */
public final class IamCredentialsTokens {
    private IamCredentialsTokens() {}

    /** ID tokens of a service account, with the email claim that Identity-Aware Proxy asks for. */
    static TokenSource of(IamCredentialsClient google, String serviceAccount, String audience) {
        ServiceAccountName name = ServiceAccountName.of("-", serviceAccount);
        return () -> {
            try {
                return BearerToken.of(
                        google.generateIdToken(name, List.of(), audience, true).getToken());
            } catch (ApiException failure) {
                throw new IOException(
                        "generateIdToken for " + serviceAccount + " failed ("
                                + failure.getStatusCode().getCode() + "). Check that you have"
                                + " roles/iam.serviceAccountOpenIdTokenCreator on it.",
                        failure);
            }
        };
    }

    /** Arguments: the service account to act as and the OAuth client ID; the server is {@code MLFLOW_TRACKING_URI}. */
    public static void main(String... args) throws IOException {
        if (args.length != 2 || System.getenv("MLFLOW_TRACKING_URI") == null) {
            System.err.println(
                    "Usage: MLFLOW_TRACKING_URI=https://HOST IamCredentialsTokens SERVICE_ACCOUNT CLIENT_ID");
            System.exit(2);
        }
        IamCredentialsSettings settings =
                IamCredentialsSettings.newHttpJsonBuilder().build();
        try (IamCredentialsClient google = IamCredentialsClient.create(settings);
                AuthMlflowClient client = MlflowClients.forBearerToken(
                        System.getenv("MLFLOW_TRACKING_URI"), of(google, args[0], args[1]))) {
            client.searchExperiments().getItems().forEach(experiment -> System.out.println(experiment.getName()));
        }
    }
}
