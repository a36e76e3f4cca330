package io.github.mlflowauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tracking server's address: its base URI, and the userinfo that was in it, apart from each other. Immutable; masked
 * in text.
 */
final class TrackingUri {
    private final URI base;
    private final @Nullable String userInfo;

    private TrackingUri(URI base, @Nullable String userInfo) {
        this.base = base;
        this.userInfo = userInfo;
    }

    /**
     * @param origin where the text came from, for messages
     */
    static TrackingUri parse(String text, String origin) {
        String trimmed = text.trim();
        String scheme = schemeOf(trimmed);
        if (scheme.equals("databricks") || scheme.equals("databricks-uc") || trimmed.startsWith("databricks")) {
            throw new IllegalArgumentException("The tracking URI " + origin + " is a Databricks one. This client is for"
                    + " servers of your own; use org.mlflow.tracking.MlflowClient for Databricks.");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("The tracking URI " + origin
                    + " must start with http:// or https:// (a local folder needs `mlflow server` in front of it).");
        }
        return of(parseUri(trimmed, origin), origin);
    }

    private static String schemeOf(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private static URI parseUri(String text, String origin) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The cause would print the whole text, and with it a password.
            throw new IllegalArgumentException("The tracking URI " + origin + " is not a URI: " + e.getReason()
                    + " at position " + e.getIndex()
                    + ". Percent-encode special characters of a user name or password in it.");
        }
    }

    private static TrackingUri of(URI uri, String origin) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "The tracking URI " + origin + " has no valid host name (letters, digits, dots and hyphens only).");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("The tracking URI " + origin
                    + " must not have a query or fragment: give the server's address, with its path prefix if any.");
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "The tracking URI " + origin + " has port " + uri.getPort() + ": ports go up to 65535.");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().replaceAll("/+$", "");
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return new TrackingUri(URI.create(scheme + "://" + host + port + path), uri.getRawUserInfo());
    }

    /** Scheme, host, port and path prefix, without a slash at the end. */
    URI base() {
        return base;
    }

    boolean hasUserInfo() {
        return userInfo != null && !userInfo.isEmpty();
    }

    /** The user name in the URI, decoded. */
    Optional<String> user() {
        return Optional.ofNullable(userInfo).map(info -> decode(info.split(":", 2)[0]));
    }

    /** The password in the URI, decoded. */
    Optional<String> password() {
        return Optional.ofNullable(userInfo)
                .filter(info -> info.indexOf(':') >= 0)
                .map(info -> decode(info.split(":", 2)[1]));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
