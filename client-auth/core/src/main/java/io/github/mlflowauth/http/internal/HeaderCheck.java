package io.github.mlflowauth.http.internal;

/**
 * Checks a header before it reaches the engine, whose own errors print the value. Ours give name and position only; a
 * name that isn't one is not printed either, because it may be a value in the wrong place.
 */
final class HeaderCheck {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderCheck() {}

    /**
     * @throws IllegalArgumentException if the name is no RFC 9110 token, or the value has anything but visible ASCII,
     *     spaces and tabs
     */
    static void check(String name, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A header has an empty name: give it one, such as X-Team.");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                throw new IllegalArgumentException("A header's name has " + kind(name.charAt(i)) + " at position "
                        + (i + 1) + ": only letters, digits and " + TOKEN_MARKS
                        + " may be in a name. (The name isn't shown: it could be a value in the wrong place.)");
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                throw new IllegalArgumentException("The value of the header " + name + " has " + kind(c)
                        + " at position " + (i + 1) + ": only visible ASCII characters, spaces and tabs may be in a"
                        + " value. Look for a line break that was copied along.");
            }
        }
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static String kind(char c) {
        if (c == '\r' || c == '\n') {
            return "a line break";
        }
        if (c < ' ' || c == 0x7f) {
            return "a control character";
        }
        return c > '~' ? "a character outside ASCII" : "a character that isn't allowed";
    }
}
