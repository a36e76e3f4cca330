package io.github.mlflowauth.auth;

/** What a bearer token may be made of. */
final class BearerTokenText {
    private BearerTokenText() {}

    /** Refuses what would break a header, by position; the value is never shown. */
    static void check(String token, String what) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException(
                        what + " has a character at position " + i
                                + " that no token can have (white space, control or non-ASCII character): give the bare token.");
            }
        }
    }
}
