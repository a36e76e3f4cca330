package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The OAuth token endpoint: a service account's assertion or a user's refresh token for a token. */
final class TokenFace implements FaceServer.Handler {
    /** Google's client libraries write this audience when they ask for an access token, whatever the real address. */
    private static final String GOOGLES_OWN = "https://oauth2.googleapis.com/token";

    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration LONGEST_ASSERTION = Duration.ofHours(1);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Principals principals;
    private final Users users;
    private final Mint mint;
    private final Clock clock;
    private final Supplier<String> ownUrl;

    TokenFace(Principals principals, Users users, Mint mint, Clock clock, Supplier<String> ownUrl) {
        this.principals = principals;
        this.users = users;
        this.mint = mint;
        this.clock = clock;
        this.ownUrl = ownUrl;
    }

    @Override
    public Answer handle(Call call) throws IOException {
        if (!call.method().equals("POST") || !call.path().equals("/token")) {
            return Answer.html(404, "<html><title>Error 404 (Not Found)!!1</title></html>");
        }
        Map<String, String> form = call.form();
        String grant = form.getOrDefault("grant_type", "");
        if (grant.equals(JWT_BEARER)) {
            return forAssertion(form.getOrDefault("assertion", ""));
        }
        return grant.equals("refresh_token")
                ? forRefreshToken(form)
                : error("unsupported_grant_type", "Invalid grant_type: " + grant);
    }

    private Answer forAssertion(String assertion) {
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            jwt = SignedJWT.parse(assertion);
            claims = jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            return error("invalid_grant", "Bad Request");
        }
        String account = String.valueOf(claims.getIssuer());
        Optional<KeyRing> keys = principals.keysOf(account);
        if (keys.isEmpty()) {
            return error("invalid_grant", "Invalid grant: account not found");
        }
        if (!keys.get().hasSigned(jwt)) {
            return error("invalid_grant", "Invalid JWT Signature.");
        }
        if (!claims.getAudience().stream().allMatch(Set.of(ownUrl.get(), GOOGLES_OWN)::contains)) {
            return error("invalid_grant", "Invalid JWT: Failed audience check.");
        }
        if (!isShortLived(claims)) {
            return error(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check"
                            + " your iat and exp values in the JWT claim.");
        }
        return token(account, claims);
    }

    private boolean isShortLived(JWTClaimsSet claims) {
        if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
            return false;
        }
        Instant issued = claims.getIssueTime().toInstant();
        Instant expiry = claims.getExpirationTime().toInstant();
        Instant now = clock.instant();
        return Duration.between(issued, expiry).compareTo(LONGEST_ASSERTION) <= 0
                && expiry.isAfter(now)
                && issued.isBefore(now.plus(TOLERANCE));
    }

    private Answer token(String account, JWTClaimsSet claims) {
        Object target = claims.getClaim("target_audience");
        if (target instanceof String && !((String) target).isEmpty()) {
            return Answer.json(200, Map.of("id_token", mint.idToken(account, (String) target, true)));
        }
        Object scope = claims.getClaim("scope");
        if (scope instanceof String && !((String) scope).isEmpty()) {
            return Answer.json(200, accessToken(account, (String) scope));
        }
        return error("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }

    private Map<String, Object> accessToken(String principal, String scopes) {
        Mint.AccessToken token = mint.accessToken(principal, List.of(scopes.split(" ")));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", token.value);
        body.put("expires_in", token.lifetime.toSeconds());
        body.put("token_type", "Bearer");
        return body;
    }

    /** A user's ID token is for the client that the user signed in with; no audience that is asked for changes that. */
    private Answer forRefreshToken(Map<String, String> form) {
        Optional<String> email = users.ofRefreshToken(form.getOrDefault("refresh_token", ""));
        if (email.isEmpty()) {
            return error("invalid_grant", "Token has been expired or revoked.");
        }
        Map<String, Object> body = accessToken(email.get(), Users.SCOPES);
        body.put("scope", Users.SCOPES);
        body.put("id_token", mint.idToken(email.get(), form.getOrDefault("client_id", ""), true));
        return Answer.json(200, body);
    }

    static Answer error(String code, String description) {
        return Answer.json(400, Map.of("error", code, "error_description", description));
    }
}
