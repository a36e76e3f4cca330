package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metadata server: no email claim unless {@code format=full}, and the same token until little of it is left. */
final class MetadataFace implements FaceServer.Handler {
    private static final String FLAVOR = "Metadata-Flavor";
    private static final String ACCOUNTS = "/computeMetadata/v1/instance/service-accounts/";
    private static final Duration LEAST_LEFT = Duration.ofMinutes(5);
    private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

    private volatile String account = "";
    private final Map<String, String> idTokens = new ConcurrentHashMap<>();
    private final Map<String, Mint.AccessToken> accessTokens = new ConcurrentHashMap<>();
    private final Mint mint;
    private final Clock clock;
    private final IapSpec spec;

    MetadataFace(Mint mint, Clock clock, IapSpec spec) {
        this.mint = mint;
        this.clock = clock;
        this.spec = spec;
    }

    /** The service account that this machine runs as; empty for none. */
    void account(String email) {
        account = email;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        boolean asked = call.header(FLAVOR).filter("Google"::equals).isPresent();
        boolean proxied = call.header("X-Forwarded-For").isPresent();
        if (call.path().startsWith("/computeMetadata/") && (!asked || proxied)) {
            return Answer.html(403, "<html><title>Error 403 (Forbidden)!!1</title></html>")
                    .with(FLAVOR, "Google");
        }
        return answer(call).with(FLAVOR, "Google").with("Server", "Metadata Server for VM");
    }

    private Answer answer(Call call) {
        String path = call.path();
        switch (path) {
            case "/":
                return Answer.of(200, "application/text", "computeMetadata/\n");
            case "/computeMetadata/v1/project/project-id":
                return Answer.text(200, spec.project);
            case "/computeMetadata/v1/project/numeric-project-id":
                return Answer.text(200, spec.projectNumber);
            case "/computeMetadata/v1/universe/universe-domain":
                return Answer.text(200, "googleapis.com");
            default:
                return path.startsWith(ACCOUNTS) ? ofAccount(call, path.substring(ACCOUNTS.length())) : notFound();
        }
    }

    private Answer ofAccount(Call call, String rest) {
        String email = account;
        if (email.isEmpty()) {
            return notFound();
        }
        if (rest.isEmpty()) {
            return call.query().containsKey("recursive") ? tree(email) : Answer.text(200, "default/\n" + email + "/\n");
        }
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        if (!name.equals("default") && !Call.decode(name).equals(email)) {
            return notFound();
        }
        switch (slash < 0 ? "" : rest.substring(slash + 1)) {
            case "email":
                return Answer.text(200, email);
            case "token":
                return accessToken(email);
            case "identity":
                return identity(email, call.query());
            default:
                return notFound();
        }
    }

    private static Answer tree(String email) {
        Map<String, Object> one =
                Map.of("email", email, "scopes", List.of(CLOUD_PLATFORM), "aliases", List.of("default"));
        return Answer.json(200, Map.of("default", one, email, one));
    }

    private Answer accessToken(String email) {
        Mint.AccessToken token = accessTokens.compute(
                email,
                (name, old) ->
                        old != null && isFresh(old.expiry) ? old : mint.accessToken(name, List.of(CLOUD_PLATFORM)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", token.value);
        body.put("expires_in", Duration.between(clock.instant(), token.expiry).toSeconds());
        body.put("token_type", "Bearer");
        return Answer.json(200, body);
    }

    private Answer identity(String email, Map<String, String> query) {
        String audience = query.getOrDefault("audience", "");
        if (audience.isEmpty()) {
            return Answer.text(400, "non-empty audience parameter required");
        }
        boolean full = query.getOrDefault("format", "standard").equals("full");
        String token = idTokens.compute(
                email + " " + audience + " " + full,
                (key, old) -> old != null && isFresh(expiry(old)) ? old : mint.idToken(email, audience, full));
        return Answer.html(200, token);
    }

    private boolean isFresh(Instant expiry) {
        return Duration.between(clock.instant(), expiry).compareTo(LEAST_LEFT) > 0;
    }

    private static Instant expiry(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant();
        } catch (ParseException e) {
            throw new IllegalStateException("A token made here can be read here", e);
        }
    }

    private static Answer notFound() {
        return Answer.html(404, "<html><title>Error 404 (Not Found)!!1</title></html>");
    }
}
