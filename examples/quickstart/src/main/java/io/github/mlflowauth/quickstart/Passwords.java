package io.github.mlflowauth.quickstart;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords that nobody can guess. */
final class Passwords {
    private static final int RANDOM_BYTES = 15;

    private Passwords() {}

    static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
