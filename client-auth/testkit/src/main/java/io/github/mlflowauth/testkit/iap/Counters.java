package io.github.mlflowauth.testkit.iap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was seen: how often each token came, what was forwarded twice, where a credential went astray. */
final class Counters {
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

    private final Map<String, Integer> requestsPerToken = new ConcurrentHashMap<>();
    private final Map<String, Integer> forwarded = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    void sawToken(String token) {
        requestsPerToken.merge(fingerprint(token), 1, Integer::sum);
    }

    void forwarded(String method, String target, byte[] bodyDigest) {
        if (!REPEATABLE.contains(method)) {
            forwarded.merge(method + " " + target + " " + hex(bodyDigest), 1, Integer::sum);
        }
    }

    void violation(String what) {
        violations.add(what);
    }

    Map<String, Integer> requestsPerToken() {
        return new TreeMap<>(requestsPerToken);
    }

    List<String> forwardedMoreThanOnce() {
        List<String> found = new ArrayList<>();
        forwarded.forEach((request, times) -> {
            if (times > 1) {
                found.add(request.substring(0, request.lastIndexOf(' ')) + " (" + times + " times)");
            }
        });
        return found;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Tells tokens apart without keeping them. */
    static String fingerprint(String token) {
        return hex(digest().digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(String.format("%02x", bytes[i]));
        }
        return text.toString();
    }
}
