package io.github.mlflowauth.http.internal;

/** Tells this machine's own addresses by their text, without asking DNS. */
public final class Loopback {
    private Loopback() {}

    /** Whether a host from a URL (IPv6 with or without brackets) is this machine. */
    public static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }
}
