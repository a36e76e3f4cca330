package io.github.mlflowauth.iap;

import java.util.regex.Pattern;

/** What a server said, fit for a message: short, on one line, without anything that could be a token. */
final class Quote {
    private static final int LONGEST = 300;
    private static final Pattern TOKEN_LIKE =
            Pattern.compile("(\\beyJ[A-Za-z0-9_-]{5,}|[A-Za-z0-9_/+=-]{40,})(\\.[A-Za-z0-9_/+=-]*)*");

    private Quote() {}

    static String of(String text) {
        String start = text.length() > 4096 ? text.substring(0, 4096) : text;
        String line = start.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
        String masked = TOKEN_LIKE.matcher(line).replaceAll("***");
        return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
    }
}
