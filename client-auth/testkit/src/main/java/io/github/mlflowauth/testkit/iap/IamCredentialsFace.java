package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code iamcredentials.googleapis.com}: tokens and signatures of a service account for those who may act as it. */
final class IamCredentialsFace implements FaceServer.Handler {
    private static final Pattern PATH = Pattern.compile("/v1/projects/([^/]+)/serviceAccounts/([^/:]+):(\\w+)");
    private static final String ACCOUNT_PREFIX = "projects/-/serviceAccounts/";
    private static final Set<String> SCOPES =
            Set.of("https://www.googleapis.com/auth/cloud-platform", "https://www.googleapis.com/auth/iam");
    private static final Duration LONGEST_SIGNED = Duration.ofHours(12);

    private final Principals principals;
    private final Mint mint;
    private final Clock clock;

    IamCredentialsFace(Principals principals, Mint mint, Clock clock) {
        this.principals = principals;
        this.mint = mint;
        this.clock = clock;
    }

    /** Ends the handling of a request with an error. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        Refused(int code, String status, String message) {
            super(message);
            this.answer =
                    Answer.json(code, Map.of("error", Map.of("code", code, "message", message, "status", status)));
        }
    }

    @Override
    public Answer handle(Call call) throws IOException {
        Matcher path = PATH.matcher(Call.decode(call.path()));
        if (!call.method().equals("POST") || !path.matches()) {
            return Answer.html(404, "<html><title>Error 404 (Not Found)!!1</title></html>");
        }
        try {
            Mint.AccessToken caller = caller(call);
            if (!path.group(1).equals("-")) {
                throw new Refused(400, "INVALID_ARGUMENT", "Invalid resource name: the project must be '-'.");
            }
            return answer(caller.principal, path.group(2), path.group(3), call.json());
        } catch (Refused e) {
            return e.answer;
        }
    }

    private Mint.AccessToken caller(Call call) throws Refused {
        Optional<Mint.AccessToken> token = call.bearer("Authorization").flatMap(mint::readAccessToken);
        if (token.isEmpty()) {
            throw new Refused(
                    401,
                    "UNAUTHENTICATED",
                    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or"
                            + " other valid authentication credential.");
        }
        if (token.get().scopes.stream().noneMatch(SCOPES::contains)) {
            throw new Refused(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.");
        }
        return token.get();
    }

    private Answer answer(String caller, String target, String method, Map<String, Object> body) throws Refused {
        switch (method) {
            case "generateIdToken":
                checked(caller, target, Permission.ID_TOKEN, body);
                return idToken(target, body);
            case "signJwt":
                return signJwt(checked(caller, target, Permission.SIGN_JWT, body), body);
            case "generateAccessToken":
                checked(caller, target, Permission.ACCESS_TOKEN, body);
                return accessToken(target, body);
            default:
                throw new Refused(404, "NOT_FOUND", "Method not found.");
        }
    }

    /** Walks from the caller over the delegates to the target; each must be allowed to act as the next. */
    private KeyRing checked(String caller, String target, Permission permission, Map<String, Object> body)
            throws Refused {
        String actor = caller;
        for (String delegate : delegates(body)) {
            demand(actor, Permission.DELEGATE, delegate);
            actor = delegate;
        }
        demand(actor, permission, target);
        return principals.keysOf(target).orElseThrow(() -> denied(permission));
    }

    private static List<String> delegates(Map<String, Object> body) throws Refused {
        List<String> names = new ArrayList<>();
        Object given = body.get("delegates");
        for (Object delegate : given instanceof List ? (List<?>) given : List.of()) {
            String name = String.valueOf(delegate);
            if (!name.startsWith(ACCOUNT_PREFIX)) {
                throw new Refused(
                        400, "INVALID_ARGUMENT", "Delegates must have the form projects/-/serviceAccounts/{ACCOUNT}.");
            }
            names.add(name.substring(ACCOUNT_PREFIX.length()));
        }
        return names;
    }

    private void demand(String actor, Permission permission, String target) throws Refused {
        if (!principals.may(actor, permission, target)) {
            throw denied(permission);
        }
    }

    private static Refused denied(Permission permission) {
        return new Refused(
                403,
                "PERMISSION_DENIED",
                "Permission '" + permission.id + "' denied on resource (or it may not exist).");
    }

    private Answer idToken(String target, Map<String, Object> body) throws Refused {
        Object audience = body.get("audience");
        if (!(audience instanceof String) || ((String) audience).isEmpty()) {
            throw new Refused(400, "INVALID_ARGUMENT", "audience must be set.");
        }
        boolean withEmail = Boolean.TRUE.equals(body.get("includeEmail"));
        return Answer.json(200, Map.of("token", mint.idToken(target, (String) audience, withEmail)));
    }

    /** The claims come as a string of JSON, not as an object. */
    private Answer signJwt(KeyRing keys, Map<String, Object> body) throws Refused {
        Object payload = body.get("payload");
        JWTClaimsSet claims;
        try {
            claims = JWTClaimsSet.parse(payload instanceof String ? (String) payload : "");
        } catch (ParseException e) {
            throw new Refused(400, "INVALID_ARGUMENT", "payload must be a JSON object in a string.");
        }
        Instant latest = clock.instant().plus(LONGEST_SIGNED);
        if (claims.getExpirationTime() != null
                && claims.getExpirationTime().toInstant().isAfter(latest)) {
            throw new Refused(400, "INVALID_ARGUMENT", "exp must be no later than 12 hours from now.");
        }
        return Answer.json(200, Map.of("keyId", keys.newest().getKeyID(), "signedJwt", mint.signedBy(keys, claims)));
    }

    private Answer accessToken(String target, Map<String, Object> body) throws Refused {
        Object scope = body.get("scope");
        if (!(scope instanceof List) || ((List<?>) scope).isEmpty()) {
            throw new Refused(400, "INVALID_ARGUMENT", "scope must be set.");
        }
        List<String> scopes = new ArrayList<>();
        ((List<?>) scope).forEach(one -> scopes.add(String.valueOf(one)));
        Mint.AccessToken token = mint.accessToken(target, scopes);
        return Answer.json(
                200,
                Map.of(
                        "accessToken",
                        token.value,
                        "expireTime",
                        token.expiry.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
}
