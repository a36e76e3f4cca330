package io.github.mlflowauth.iap;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A service account whose private key is here. */
final class KeyIdentity implements GoogleIdentity {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final ServiceAccountCredentials key;
    private final String origin;
    private final URI tokenEndpoint;
    private final GoogleHttp http;

    /**
     * @param origin where the key was found, for messages
     */
    KeyIdentity(ServiceAccountCredentials key, String origin, GoogleHttp http) {
        this.key = key;
        this.origin = origin;
        this.tokenEndpoint = Endpoints.safe(key.getTokenServerUri().toString(), "The token_uri of the " + origin);
        this.http = http;
    }

    @Override
    public String name() {
        return key.getClientEmail() + " (" + origin + ")";
    }

    @Override
    public String token(IapAudience audience) throws IOException {
        if (audience.isSelfSigned()) {
            return sign(claims(audience.value()));
        }
        JsonObject assertion = claims(tokenEndpoint.toString());
        assertion.addProperty("target_audience", audience.value());
        return exchange(sign(assertion));
    }

    private JsonObject claims(String audience) {
        return SelfSignedClaims.of(
                key.getClientEmail(), audience, http.difference().clock());
    }

    private String sign(JsonObject claims) {
        JsonObject header = new JsonObject();
        header.addProperty("alg", "RS256");
        header.addProperty("typ", "JWT");
        header.addProperty("kid", key.getPrivateKeyId());
        String signed = base64(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String exchange(String assertion) throws IOException {
        String form = "grant_type=" + URLEncoder.encode(JWT_BEARER, StandardCharsets.UTF_8) + "&assertion=" + assertion;
        Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        GoogleAnswer answer = http.post(tokenEndpoint, headers, form.getBytes(StandardCharsets.US_ASCII));
        if (!answer.isOk()) {
            throw GoogleCallException.refused(
                    answer.status(),
                    "Google's token endpoint " + GoogleHttp.address(tokenEndpoint) + " gave " + name()
                            + " no ID token (" + answer.problem() + "). " + advice(answer)
                            + http.difference().remark());
        }
        return answer.member("id_token")
                .orElseThrow(() -> GoogleCallException.refused(
                        answer.status(),
                        "The token endpoint " + GoogleHttp.address(tokenEndpoint) + " answered without an ID token: a"
                                + " proxy or captive portal may stand in between."));
    }

    private static String advice(GoogleAnswer answer) {
        if (answer.status() >= 500 || answer.status() == 429) {
            return "Try again later.";
        }
        return "The key may have been deleted or disabled: see `gcloud iam service-accounts keys list`.";
    }

    @Override
    public Map<String, String> accessHeaders() throws IOException {
        return new LibraryAccess(key, name(), http).headers();
    }
}
