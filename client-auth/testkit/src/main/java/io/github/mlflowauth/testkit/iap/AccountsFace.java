package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Google's sign-in pages, without passwords: whoever is named is signed in. No credential may ever arrive here. */
final class AccountsFace implements FaceServer.Handler {
    private static final String SIGN_IN = "/signin";

    private final BrowserSessions sessions;
    private final Counters counters;
    private final Supplier<List<String>> proxyAuthorities;

    AccountsFace(BrowserSessions sessions, Counters counters, Supplier<List<String>> proxyAuthorities) {
        this.sessions = sessions;
        this.counters = counters;
        this.proxyAuthorities = proxyAuthorities;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        for (String name : List.of("Authorization", "Proxy-Authorization")) {
            if (call.header(name).isPresent()) {
                counters.violation(call.method() + " " + call.path() + " on the sign-in host carried " + name);
            }
        }
        boolean submitted = call.method().equals("POST") && call.path().equals(SIGN_IN);
        return submitted ? signIn(call.form()) : page(call.query());
    }

    private Answer signIn(Map<String, String> form) {
        String back = form.getOrDefault("redirect_uri", "");
        String email = form.getOrDefault("email", "").trim();
        if (!sessions.mayReturnTo(back, proxyAuthorities.get())) {
            return Answer.html(400, "<h1>Error 400: redirect_uri_mismatch</h1>");
        }
        if (!email.matches("[^@\\s]+@[^@\\s]+")) {
            return Answer.html(400, "<h1>Enter an email address</h1>");
        }
        String location = back + "?state=" + BrowserSessions.encode(form.getOrDefault("state", "")) + "&code="
                + sessions.codeFor(email);
        return Answer.html(302, "").with("Location", location);
    }

    private static Answer page(Map<String, String> query) {
        return Answer.html(
                200,
                "<!doctype html><html><head><title>Sign in (emulated)</title></head><body>"
                        + "<h1>Sign in</h1><p>This page stands in for Google's. It asks for no password.</p>"
                        + "<form method=\"post\" action=\"" + SIGN_IN + "\">"
                        + "<input type=\"email\" name=\"email\" id=\"identifierId\" autofocus required>"
                        + hidden("redirect_uri", query) + hidden("state", query)
                        + "<button type=\"submit\" id=\"identifierNext\">Next</button></form></body></html>");
    }

    private static String hidden(String name, Map<String, String> query) {
        String value = query.getOrDefault(name, "")
                .replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;");
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + value + "\">";
    }
}
