package io.github.mlflowauth.iap;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two calls of the IAM Credentials API that make tokens for IAP. */
final class IamCredentialsApi {
    private static final URI GOOGLES = URI.create("https://iamcredentials.googleapis.com");

    private final String endpoint;
    private final boolean chosen;
    private final GoogleHttp http;

    private IamCredentialsApi(URI endpoint, boolean chosen, GoogleHttp http) {
        this.endpoint = endpoint.toString().replaceAll("/+$", "");
        this.chosen = chosen;
        this.http = http;
    }

    /** At the endpoint that was chosen by the user, else at Google's. */
    static IamCredentialsApi at(Optional<URI> endpoint, GoogleHttp http) {
        return new IamCredentialsApi(endpoint.orElse(GOOGLES), endpoint.isPresent(), http);
    }

    /** At the endpoint that a credential file names, unless the user chose one. */
    IamCredentialsApi orAt(URI fromFile) {
        return chosen ? this : new IamCredentialsApi(fromFile, false, http);
    }

    /** The least role that these calls need. */
    static String role(IapAudience audience) {
        return audience.isSelfSigned()
                ? "roles/iam.serviceAccountTokenCreator"
                : "roles/iam.serviceAccountOpenIdTokenCreator";
    }

    String token(GoogleIdentity source, List<String> delegates, String serviceAccount, IapAudience audience)
            throws IOException {
        JsonObject request = new JsonObject();
        if (!delegates.isEmpty()) {
            JsonArray names = new JsonArray();
            delegates.forEach(delegate -> names.add(new JsonPrimitive(resource(delegate))));
            request.add("delegates", names);
        }
        if (audience.isSelfSigned()) {
            request.addProperty(
                    "payload",
                    SelfSignedClaims.of(
                                    serviceAccount,
                                    audience.value(),
                                    http.difference().clock())
                            .toString());
            return call(source, serviceAccount, audience, "signJwt", request, "signedJwt");
        }
        request.addProperty("audience", audience.value());
        request.addProperty("includeEmail", true);
        return call(source, serviceAccount, audience, "generateIdToken", request, "token");
    }

    private static String resource(String serviceAccount) {
        return "projects/-/serviceAccounts/" + serviceAccount;
    }

    private String call(
            GoogleIdentity source,
            String serviceAccount,
            IapAudience audience,
            String method,
            JsonObject request,
            String member)
            throws IOException {
        URI uri = URI.create(endpoint + "/v1/" + resource(serviceAccount) + ":" + method);
        Map<String, String> headers = new LinkedHashMap<>(source.accessHeaders());
        headers.put("Content-Type", "application/json");
        GoogleAnswer answer = http.post(uri, headers, request.toString().getBytes(StandardCharsets.UTF_8));
        if (!answer.isOk()) {
            throw GoogleCallException.refused(
                    answer.status(),
                    method + " for " + serviceAccount + " failed (" + answer.problem() + "). "
                            + advice(answer.status(), source, serviceAccount, audience)
                            + http.difference().remark());
        }
        return answer.member(member)
                .orElseThrow(() -> GoogleCallException.refused(
                        answer.status(),
                        method + " at " + GoogleHttp.address(uri) + " answered without a token: a proxy or captive"
                                + " portal may stand in between."));
    }

    private static String advice(int status, GoogleIdentity source, String serviceAccount, IapAudience audience) {
        if (status == 403) {
            return source.name() + " may not act as " + serviceAccount + ": grant it " + role(audience)
                    + " on that service account (changes take minutes), enable iamcredentials.googleapis.com, and on a"
                    + " virtual machine give it the access scope cloud-platform.";
        }
        if (status == 404) {
            return "Check that the service account exists and is spelt so.";
        }
        if (status == 401) {
            return "Google didn't take the access token of " + source.name() + ": log in again or renew its key.";
        }
        return status >= 500 || status == 429
                ? "Try again later."
                : "Check the service account and the audience " + audience.value() + ".";
    }
}
