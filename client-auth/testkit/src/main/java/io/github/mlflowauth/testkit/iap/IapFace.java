package io.github.mlflowauth.testkit.iap;

import io.github.mlflowauth.testkit.iap.IapAccess.Verdict;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.Header;

/** The proxy: finds the credential, lets it be judged, and passes the request on or answers itself. */
final class IapFace implements FaceServer.Handler {
    private static final String AUTHORIZATION = "Authorization";
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final IapSpec spec;
    private final IapAccess access;
    private final BrowserSessions sessions;
    private final SignedHeaders signedHeaders;
    private final Upstream upstream;
    private final Counters counters;

    IapFace(
            IapSpec spec,
            IapAccess access,
            BrowserSessions sessions,
            SignedHeaders signedHeaders,
            Upstream upstream,
            Counters counters) {
        this.spec = spec;
        this.access = access;
        this.sessions = sessions;
        this.signedHeaders = signedHeaders;
        this.upstream = upstream;
        this.counters = counters;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        if (sessions.isReturn(call)) {
            return sessions.finishSignIn(call);
        }
        Optional<String> gate = call.bearer(PROXY_AUTHORIZATION);
        Optional<String> own = call.bearer(AUTHORIZATION);
        gate.ifPresent(counters::sawToken);
        own.filter(token -> !gate.equals(Optional.of(token))).ifPresent(counters::sawToken);

        Optional<Verdict> ofGate = gate.map(token -> access.judge(token, call.path()));
        if (ofGate.isPresent() && isValid(ofGate.get())) {
            return finish(call, ofGate.get(), true);
        }
        Optional<Verdict> verdict = own.map(token -> access.judge(token, call.path()))
                .or(() -> ofGate)
                .or(() -> sessions.principal(call).map(access::admit));
        return verdict.isPresent() ? finish(call, verdict.get(), false) : noCredential(call);
    }

    /** A valid token whose owner may not pass is still the one that counts. */
    private static boolean isValid(Verdict verdict) {
        return verdict.refusal
                .map(refusal -> refusal.sentence().equals(Refusal.noAccess().sentence()))
                .orElse(true);
    }

    private Answer noCredential(Call call) {
        if (spec.clientIds.isEmpty()) {
            return Refusal.noOauthClient().answer();
        }
        boolean readOnly = Set.of("GET", "HEAD").contains(call.method());
        boolean script =
                call.header("X-Requested-With").filter("XMLHttpRequest"::equals).isPresent();
        String accepted = call.header("Accept").orElse("*/*");
        boolean page = accepted.contains("text/html") || accepted.contains("*/*");
        return readOnly && page && !script
                ? sessions.signIn(call)
                : Refusal.noCredential().answer();
    }

    private Answer finish(Call call, Verdict verdict, boolean byGateHeader) {
        if (verdict.refusal.isPresent()) {
            return verdict.refusal.get().answer();
        }
        if (call.entity()
                .filter(body -> body.getContentLength() > spec.mostRequestBytes)
                .isPresent()) {
            return Answer.html(413, "<html><title>Error 413 (Request Entity Too Large)!!1</title></html>");
        }
        String principal = verdict.principal.orElseThrow();
        return upstream.forward(call, withheld(call, byGateHeader), signedHeaders.of(principal));
    }

    /** What a client says about its own identity never reaches the application. */
    private Set<String> withheld(Call call, boolean byGateHeader) {
        Set<String> names = new HashSet<>(Set.of("proxy-authorization"));
        boolean iapTookAuthorization =
                !byGateHeader && call.bearer(AUTHORIZATION).isPresent();
        if (iapTookAuthorization && !spec.forwardAuthorization) {
            names.add("authorization");
        }
        for (Header header : call.headers()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-goog-iap-") || name.startsWith("x-goog-authenticated-")) {
                names.add(name);
            }
        }
        return names;
    }
}
