package io.github.mlflowauth.iap;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom a token is for, which also decides how it is made. Immutable. */
final class IapAudience {
    static final String RIGHT_FORMS = "Use the OAuth client ID that IAP accepts (….apps.googleusercontent.com), or %s"
            + " for a token that the service account signs itself, which needs no OAuth client.";

    private static final Pattern CLIENT_ID = Pattern.compile("[0-9A-Za-z_-]+\\.apps\\.googleusercontent\\.com");

    /** How the token is made. */
    enum Mode {
        /** Google signs an OpenID Connect ID token for an OAuth client ID. */
        ID_TOKEN,
        /** The service account signs a JWT for the URLs of one host. */
        SELF_SIGNED
    }

    private final Mode mode;
    private final String value;

    private IapAudience(Mode mode, String value) {
        this.mode = mode;
        this.value = value;
    }

    /**
     * @throws IllegalArgumentException if the text is neither a client ID nor {@code https://HOST/*} with the tracking
     *     server's host and port; the message says which form is wanted
     */
    static IapAudience parse(String text, URI trackingUri) {
        String audience = text.trim();
        if (CLIENT_ID.matcher(audience).matches()) {
            return new IapAudience(Mode.ID_TOKEN, audience);
        }
        String wanted = forHostOf(trackingUri);
        if (audience.startsWith("https://")) {
            checkUrl(audience, wanted, trackingUri);
            return new IapAudience(Mode.SELF_SIGNED, audience);
        }
        throw new IllegalArgumentException(whatIsWrong(audience) + " " + String.format(RIGHT_FORMS, wanted));
    }

    /** The audience of a token that a service account signs itself, for the server's host and port. */
    static String forHostOf(URI trackingUri) {
        return "https://" + trackingUri.getRawAuthority() + "/*";
    }

    private static void checkUrl(String audience, String wanted, URI trackingUri) {
        URI url = uri(audience);
        if (url == null
                || !"/*".equals(url.getRawPath())
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("The IAP audience is a URL that doesn't end in /* right after the host,"
                    + " so IAP would accept its token for some requests at most. "
                    + String.format(RIGHT_FORMS, wanted));
        }
        boolean same = Objects.toString(url.getHost(), "").equalsIgnoreCase(trackingUri.getHost())
                && url.getUserInfo() == null
                && port(url) == port(trackingUri);
        if (!same) {
            throw new IllegalArgumentException("The IAP audience is for the host " + url.getHost() + ":" + port(url)
                    + ", but the tracking server is " + trackingUri.getHost() + ":" + port(trackingUri) + ". "
                    + String.format(RIGHT_FORMS, wanted));
        }
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notAUri) {
            return null;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
    }

    /** Never repeats the text: it may be a secret that was pasted into the wrong place. */
    private static String whatIsWrong(String audience) {
        if (audience.isEmpty()) {
            return "The IAP audience is empty.";
        }
        if (audience.startsWith("/projects/")) {
            return "The IAP audience starts with /projects/: that is the audience of the assertion that IAP hands to the"
                    + " app, not of a client's token.";
        }
        if (audience.startsWith("http://")) {
            return "The IAP audience starts with http://, but IAP is reached over https.";
        }
        if (audience.startsWith("GOCSPX-")) {
            return "The IAP audience looks like an OAuth client's secret (it is not shown here): the client's ID is"
                    + " wanted.";
        }
        if (audience.contains("apps.googleusercontent.com")) {
            return "The IAP audience holds more than one OAuth client ID, or something beside it.";
        }
        if (audience.matches("[A-Za-z0-9.-]+\\.[A-Za-z]{2,}(:\\d+)?(/.*)?")) {
            return "The IAP audience is a bare host name.";
        }
        return "The IAP audience is neither an OAuth client ID nor a URL.";
    }

    Mode mode() {
        return mode;
    }

    boolean isSelfSigned() {
        return mode == Mode.SELF_SIGNED;
    }

    String value() {
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
