package io.github.mlflowauth.http.internal;

/** Interim: the connection part brings the real one. */
final class HeaderCheck {
    private HeaderCheck() {}

    static void check(String name, String value) {}
}
