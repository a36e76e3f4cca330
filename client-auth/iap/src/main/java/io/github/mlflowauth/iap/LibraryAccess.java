package io.github.mlflowauth.iap;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access tokens by Google's auth library, with its failures told in sentences. */
final class LibraryAccess {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final URI FOR = URI.create("https://iamcredentials.googleapis.com/");

    private final GoogleCredentials credentials;
    private final String name;
    private final GoogleHttp http;

    LibraryAccess(GoogleCredentials credentials, String name, GoogleHttp http) {
        this.credentials = credentials.createScoped(SCOPE);
        this.name = name;
        this.http = http;
    }

    /** {@code Authorization}, and {@code x-goog-user-project} where the credentials name a quota project. */
    Map<String, String> headers() throws IOException {
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> header :
                    credentials.getRequestMetadata(FOR).entrySet()) {
                headers.put(header.getKey(), header.getValue().get(0));
            }
            return headers;
        } catch (IOException | RuntimeException failure) {
            throw told(failure);
        }
    }

    private IOException told(Exception failure) {
        HttpResponseException answer = find(HttpResponseException.class, failure);
        String start = "There is no Google access token for " + name;
        if (answer != null) {
            // Without the cause: its text is whatever the endpoint chose to send.
            String said = GoogleAnswer.problem(answer.getStatusCode(), String.valueOf(answer.getContent()));
            return GoogleCallException.refused(
                    answer.getStatusCode(),
                    start + " (" + said
                            + "). Log in again (`gcloud auth application-default login`) or renew the key or"
                            + " the workload's credential." + http.difference().remark());
        }
        GoogleCallException unreachable = find(GoogleCallException.class, failure);
        if (unreachable != null) {
            return GoogleCallException.unreachable(start + ": " + unreachable.getMessage(), failure);
        }
        return new IOException(
                start + ": Google's library failed with " + failure.getClass().getSimpleName() + ". See the cause.",
                failure);
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
