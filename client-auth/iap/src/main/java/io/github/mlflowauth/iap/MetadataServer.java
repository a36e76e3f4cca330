package io.github.mlflowauth.iap;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The metadata server of Google's machines and containers. */
final class MetadataServer {
    /** An address rather than a name, because outside of Google a name lookup can hang. */
    static final String DEFAULT_HOST = "169.254.169.254";

    private static final String FLAVOR = "Metadata-Flavor";
    private static final String ACCOUNT = "/computeMetadata/v1/instance/service-accounts/default/";
    private static final int PINGS = 3;

    private final String host;
    private final GoogleHttp http;

    MetadataServer(String host, GoogleHttp http) {
        this.host = host;
        this.http = http.withoutProxy();
    }

    String address() {
        return host;
    }

    /** Whether there is one. Takes at most 4.5 s, also when something else accepts the connection and is silent. */
    boolean isThere() {
        GoogleHttp impatient = http.withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(1));
        for (int ping = 0; ping < PINGS; ping++) {
            try {
                return "Google"
                        .equals(impatient
                                .get(uri("/"), Map.of(FLAVOR, "Google"))
                                .header(FLAVOR));
            } catch (IOException silent) {
                // The next ping, or the caller's sentence.
            }
        }
        return false;
    }

    String email() throws IOException {
        return get("email", "the service account's name").text().trim();
    }

    /** An ID token with the email claim, which the server adds only to the full format. */
    String identityToken(String audience) throws IOException {
        String query = "identity?format=full&audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
        return get(query, "an ID token").text().trim();
    }

    String accessToken() throws IOException {
        return get("token", "an access token")
                .member("access_token")
                .orElseThrow(() -> new IOException(
                        "The metadata server " + host + " answered without an access token. Check GCE_METADATA_HOST."));
    }

    private GoogleAnswer get(String what, String inWords) throws IOException {
        GoogleAnswer answer = http.get(uri(ACCOUNT + what), Map.of(FLAVOR, "Google"));
        if (answer.isOk()) {
            return answer;
        }
        String advice = answer.status() == 404
                ? "Attach a service account to this machine, or set GOOGLE_APPLICATION_CREDENTIALS."
                : "Check the service account of this machine.";
        throw GoogleCallException.refused(
                answer.status(),
                "The metadata server " + host + " gave no " + inWords.replaceFirst("^(an?|the) ", "") + " ("
                        + answer.problem() + "). " + advice);
    }

    private URI uri(String path) {
        return URI.create("http://" + host + path);
    }
}
