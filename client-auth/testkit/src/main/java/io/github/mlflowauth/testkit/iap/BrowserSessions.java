package io.github.mlflowauth.testkit.iap;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How a browser gets in: to the sign-in page and back with a one-time code, which buys a session cookie. The state
 * must come back to the browser that left with its nonce cookie.
 */
final class BrowserSessions {
    private static final String RETURN_PATH = "/_gcp_gatekeeper/authenticate";
    private static final String COOKIE = "GCP_IAP_UID";

    private final Supplier<String> accounts;
    private final IapSpec spec;
    private final Map<String, Departure> departures = new ConcurrentHashMap<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();

    BrowserSessions(Supplier<String> accounts, IapSpec spec) {
        this.accounts = accounts;
        this.spec = spec;
    }

    private static final class Departure {
        private final String nonce;
        private final String wanted;

        Departure(String nonce, String wanted) {
            this.nonce = nonce;
            this.wanted = wanted;
        }
    }

    /** Sends a browser away to sign in. */
    Answer signIn(Call call) {
        String state = UUID.randomUUID().toString();
        String nonce = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        departures.put(state, new Departure(nonce, call.target()));
        String back = "http://" + call.header("Host").orElse("") + RETURN_PATH;
        String location = accounts.get() + "/o/oauth2/v2/auth?client_id="
                + encode(spec.clientIds.iterator().next())
                + "&response_type=code&scope=openid+email&redirect_uri=" + encode(back) + "&state=" + state;
        return Refusal.noCredential().redirect(location, nonce);
    }

    /** What the sign-in page gives to the browser of someone who has signed in. */
    String codeFor(String email) {
        String code = UUID.randomUUID().toString();
        codes.put(code, email);
        return code;
    }

    /** The sign-in page sends browsers back to the proxy only, never to a place that the query names freely. */
    boolean mayReturnTo(String redirectUri, Iterable<String> authorities) {
        try {
            URI uri = URI.create(redirectUri);
            for (String authority : authorities) {
                if (authority.equals(uri.getRawAuthority()) && RETURN_PATH.equals(uri.getRawPath())) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean isReturn(Call call) {
        return call.method().equals("GET") && call.path().equals(RETURN_PATH);
    }

    Answer finishSignIn(Call call) {
        Map<String, String> query = call.query();
        Departure departure = departures.remove(query.getOrDefault("state", ""));
        if (departure == null
                || call.cookie("GCP_IAP_XSRF_NONCE_" + departure.nonce).isEmpty()) {
            return Answer.html(401, "There was a problem with your request. Error code 7")
                    .with(Refusal.MARK, "true");
        }
        String email = codes.remove(query.getOrDefault("code", ""));
        if (email == null) {
            return Answer.html(401, "There was a problem with your request. Error code 9")
                    .with(Refusal.MARK, "true");
        }
        String session = UUID.randomUUID().toString();
        sessions.put(session, email);
        return Answer.html(302, "")
                .with(Refusal.MARK, "true")
                .with("Location", departure.wanted)
                .with("Set-Cookie", COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Lax");
    }

    Optional<String> principal(Call call) {
        return call.cookie(COOKIE).map(sessions::get);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
