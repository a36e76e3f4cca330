package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code sts.googleapis.com}: a token of another identity provider for a Google access token. */
final class StsFace implements FaceServer.Handler {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String JWT_TYPE = "urn:ietf:params:oauth:token-type:jwt";
    private static final String ACCESS_TYPE = "urn:ietf:params:oauth:token-type:access_token";
    private static final String OTHER_ISSUER = "https://idp.example.com";
    private static final Duration SUBJECT_LIFETIME = Duration.ofHours(24);

    private final KeyRing otherProvider = new KeyRing();
    private final Mint mint;
    private final Clock clock;
    private final String pool;

    StsFace(Mint mint, Clock clock, IapSpec spec) {
        this.mint = mint;
        this.clock = clock;
        this.pool = "iam.googleapis.com/projects/" + spec.projectNumber
                + "/locations/global/workloadIdentityPools/emulated";
    }

    /** How a client names the pool and its provider. */
    String audience() {
        return "//" + pool + "/providers/idp";
    }

    /** What a federated identity is called in IAM. */
    String principal(String subject) {
        return "principal://" + pool + "/subject/" + subject;
    }

    /** What the other identity provider gives to a workload. */
    String subjectToken(String subject) {
        Instant now = clock.instant();
        return otherProvider.sign(new JWTClaimsSet.Builder()
                .issuer(OTHER_ISSUER)
                .audience("https:" + audience())
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(SUBJECT_LIFETIME)))
                .build());
    }

    @Override
    public Answer handle(Call call) throws IOException {
        if (!call.method().equals("POST") || !call.path().equals("/v1/token")) {
            return Answer.html(404, "<html><title>Error 404 (Not Found)!!1</title></html>");
        }
        Map<String, String> form = call.form();
        if (!EXCHANGE.equals(form.get("grant_type"))
                || !ACCESS_TYPE.equals(form.get("requested_token_type"))
                || !JWT_TYPE.equals(form.get("subject_token_type"))) {
            return TokenFace.error(
                    "invalid_request", "Invalid grant_type, requested_token_type or subject_token_type.");
        }
        if (!audience().equals(form.get("audience"))) {
            return TokenFace.error("invalid_target", "The target service indicated by the \"audience\" is invalid.");
        }
        return exchange(form.getOrDefault("subject_token", ""), form.getOrDefault("scope", ""));
    }

    private Answer exchange(String subjectToken, String scope) {
        try {
            SignedJWT jwt = SignedJWT.parse(subjectToken);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!otherProvider.hasSigned(jwt) || !List.of("https:" + audience()).equals(claims.getAudience())) {
                return TokenFace.error(
                        "invalid_grant", "Error verifying the signature or the audience of the ID token.");
            }
            if (!clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
                return TokenFace.error("invalid_grant", "ID Token issued at is stale to sign-in.");
            }
            return token(principal(claims.getSubject()), scope);
        } catch (ParseException e) {
            return TokenFace.error("invalid_grant", "Unable to parse the ID Token.");
        }
    }

    private Answer token(String principal, String scope) {
        Mint.AccessToken token = mint.accessToken(principal, List.of(scope.split(" ")));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("access_token", token.value);
        body.put("issued_token_type", ACCESS_TYPE);
        body.put("token_type", "Bearer");
        body.put("expires_in", token.lifetime.toSeconds());
        return Answer.json(200, body);
    }
}
