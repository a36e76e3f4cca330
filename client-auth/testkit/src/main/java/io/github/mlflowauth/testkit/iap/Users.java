package io.github.mlflowauth.testkit.iap;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** People who have signed in with the gcloud tool. */
final class Users {
    /** The public client of {@code gcloud auth application-default login}. */
    static final String GCLOUD_CLIENT = "764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur.apps.googleusercontent.com";

    static final String SCOPES =
            "openid https://www.googleapis.com/auth/userinfo.email" + " https://www.googleapis.com/auth/cloud-platform";

    private final Map<String, String> emails = new ConcurrentHashMap<>();

    String refreshTokenFor(String email) {
        String token = "1//emulated-" + UUID.randomUUID();
        emails.put(token, email);
        return token;
    }

    Optional<String> ofRefreshToken(String token) {
        return Optional.ofNullable(emails.get(token));
    }
}
