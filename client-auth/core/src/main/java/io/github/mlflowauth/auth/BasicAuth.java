package io.github.mlflowauth.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * HTTP Basic authentication (RFC 7617, UTF-8), as nginx and MLflow's {@code basic-auth} app check it. Immutable,
 * thread-safe, masked in text. It never asks for a replay: the same password would be refused again.
 */
public final class BasicAuth implements RequestAuth {
    private final String user;
    private final Map<String, String> headers;

    private BasicAuth(String user, String password) {
        this.user = user;
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.headers = Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /**
     * Basic auth of one user.
     *
     * @param user without a colon or control characters
     * @param password without control characters, not empty
     * @throws IllegalArgumentException naming the field and position of what is wrong, never the value
     */
    public static BasicAuth of(String user, String password) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        requireText("user name", user);
        requireText("password", password);
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "The user name for Basic auth must not contain a colon (found at position " + user.indexOf(':')
                            + "): the server would split it there.");
        }
        return new BasicAuth(user, password);
    }

    private static void requireText(String field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The " + field + " for Basic auth is empty: give one, or use no auth.");
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(
                        "The " + field + " for Basic auth has a control character at position " + i
                                + " (often a line end from a file): remove it.");
            }
        }
    }

    @Override
    public Map<String, String> headers(AuthRequest request) {
        return headers;
    }

    @Override
    public Optional<String> explain(Refusal refusal) {
        if (refusal.status() == 401) {
            return Optional.of(
                    refusal.isFromMlflow()
                            ? "MLflow's own basic-auth app refused user '" + user
                                    + "': check the user name and password of that MLflow account."
                            : "The web server in front of MLflow refused user '" + user
                                    + "': check the user name and password of its Basic auth.");
        }
        if (refusal.status() == 403 && refusal.isFromMlflow()) {
            return Optional.of(
                    "MLflow knows user '" + user
                            + "', but that user has no permission for this (or it does not exist): ask an MLflow administrator.");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "BasicAuth{user=" + user + ", password=***}";
    }
}
