package io.github.mlflowauth.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/** One attempt that is about to be sent. Immutable. */
public final class AuthRequest {
    private final String method;
    private final URI uri;
    private final long deadlineNanos;

    private AuthRequest(String method, URI uri, long deadlineNanos) {
        this.method = Objects.requireNonNull(method, "method");
        this.uri = Objects.requireNonNull(uri, "uri");
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * An attempt, as a test of a {@link RequestAuth} makes it.
     *
     * @param method HTTP method in capitals
     * @param uri the absolute URI, without userinfo
     * @param timeLeft how long the call may still take, from now
     */
    public static AuthRequest of(String method, URI uri, Duration timeLeft) {
        return new AuthRequest(method, uri, System.nanoTime() + timeLeft.toNanos());
    }

    /** HTTP method in capitals. */
    public String method() {
        return method;
    }

    /** The absolute URI, without userinfo. */
    public URI uri() {
        return uri;
    }

    /** How long the call may still take: the bound of any wait for a token. Zero when the time is up. */
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
