package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A refusal, read by IAP's own marks: an answer without them is the app's, or another server's. */
final class IapRefusal {
    private static final Pattern EXPECTED = Pattern.compile("doesn't match expected value \\(([^)\\s]{1,200})\\)");
    private static final Pattern CLIENT_ID = Pattern.compile("[?&]client_id=([^&]{1,200})");

    private final Refusal refusal;
    private final String body;
    private final @Nullable URI location;

    private IapRefusal(Refusal refusal) {
        this.refusal = refusal;
        this.body = refusal.bodyStart();
        this.location = location(refusal);
    }

    static IapRefusal of(Refusal refusal) {
        return new IapRefusal(refusal);
    }

    private static @Nullable URI location(Refusal refusal) {
        try {
            return refusal.header("Location").map(refusal.uri()::resolve).orElse(null);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private boolean isFromIap() {
        boolean marked = refusal.header("X-Goog-IAP-Generated-Response")
                .map(value -> value.trim().equalsIgnoreCase("true"))
                .orElse(false);
        return marked
                || (isRedirect() && location != null && "accounts.google.com".equalsIgnoreCase(location.getHost()))
                || (refusal.status() == 401
                        && (body.startsWith("Invalid IAP credentials")
                                || body.startsWith("OpenID Connect token expired")));
    }

    private boolean isRedirect() {
        return refusal.status() / 100 == 3;
    }

    /** Whether it is IAP's, and about this very token rather than about what every token would meet. */
    boolean mayPassWithNewToken() {
        return isFromIap() && (isRedirect() || refusal.status() == 401) && !isAboutAudience() && !isAboutEmail();
    }

    private boolean isAboutAudience() {
        String text = body.toLowerCase(Locale.ROOT);
        return text.contains("jwt audience") || text.contains("'aud' claim");
    }

    private boolean isAboutEmail() {
        return body.contains("'email' claim");
    }

    /** What to tell the person who has to mend it; empty if the refusal isn't IAP's. */
    Optional<String> explain(String identity, IapAudience audience, ClockDifference difference) {
        if (!isFromIap()) {
            return isRedirect() ? elsewhere() : Optional.empty();
        }
        if (refusal.status() == 403) {
            return Optional.of("IAP knows " + identity + ", but it lacks roles/iap.httpsResourceAccessor on this app"
                    + " (changes take minutes). Grant it in the console under Security > Identity-Aware Proxy, or with"
                    + " `gcloud iap web add-iam-policy-binding`.");
        }
        return Optional.of(about(identity, audience, difference));
    }

    private Optional<String> elsewhere() {
        if (location == null || Objects.equals(location.getHost(), refusal.uri().getHost())) {
            return Optional.empty();
        }
        return Optional.of(refusal.uri().getHost() + " answered with a redirect to " + location.getHost()
                + ", as to a sign-in page, and not as IAP does: wrong tracking URI, or a proxy in between.");
    }

    private String about(String identity, IapAudience audience, ClockDifference difference) {
        String who = "(token of " + identity + ", audience " + audience.value() + ")";
        if (isAboutAudience()) {
            return aboutAudience(audience) + expected();
        }
        if (isAboutEmail()) {
            return "IAP says the ID token has no email claim " + who
                    + "; this is a bug in the token source (format=full" + " / includeEmail).";
        }
        Optional<Duration> off = difference.of(refusal.header("Date").orElse(null));
        if (body.contains("expired")) {
            return "IAP says the token has expired " + who + "; "
                    + off.map(IapRefusal::clocks).orElse("compare the local clock with Google's.");
        }
        if (body.contains("empty token") || (isRedirect() && body.isEmpty())) {
            return "IAP saw no token in the request " + who + ": something between this process and IAP removes the"
                    + " Authorization header, or IAP took the token for none of its own." + expected();
        }
        return "IAP refused the token " + who + ", saying: \"" + Quote.of(body)
                + "\". If the key was replaced lately, use the"
                + " new one; else something in between may change the Authorization header, or the audience is of the"
                + " wrong kind." + expected() + off.map(ClockDifference::remark).orElse("");
    }

    private String aboutAudience(IapAudience audience) {
        if (audience.isSelfSigned()) {
            return "IAP refused audience " + audience.value() + ". It must be the URL under which IAP itself knows the"
                    + " app: try the app's other host name (custom domain or *.appspot.com), or use an OAuth client ID"
                    + " from programmaticClients.";
        }
        return "IAP refused audience " + audience.value() + ". If the app uses its own OAuth client, pass that client"
                + " ID; with a Google-managed client pass "
                + IapAudience.forHostOf(refusal.uri()) + " or add " + audience.value() + " to programmaticClients.";
    }

    /** The client ID that IAP names, only as a hint: a wrong or hostile host could name any. */
    private String expected() {
        Matcher inBody = EXPECTED.matcher(body);
        if (inBody.find()) {
            return " (IAP expects " + inBody.group(1) + ".)";
        }
        Matcher inLocation = CLIENT_ID.matcher(location == null ? "" : location.toString());
        return inLocation.find() ? " (IAP's sign-in uses client ID " + inLocation.group(1) + ".)" : "";
    }

    private static String clocks(Duration difference) {
        return "the local clock differs from Google's by " + difference.toSeconds() + " s."
                + ClockDifference.remark(difference);
    }
}
