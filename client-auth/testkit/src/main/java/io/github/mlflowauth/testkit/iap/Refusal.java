package io.github.mlflowauth.testkit.iap;

/** The rows of what Identity-Aware Proxy answers when it lets nobody through. */
final class Refusal {
    static final String MARK = "X-Goog-IAP-Generated-Response";
    private static final String INVALID = "Invalid IAP credentials: ";

    private final int status;
    private final String sentence;

    private Refusal(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    static Refusal noCredential() {
        return new Refusal(401, INVALID + "empty token");
    }

    static Refusal unparseable() {
        return new Refusal(401, INVALID + "Unable to parse JWT");
    }

    static Refusal badSignature() {
        return new Refusal(401, INVALID + "JWT signature is invalid");
    }

    static Refusal wrongAudience() {
        return new Refusal(401, INVALID + "Invalid bearer token. Invalid JWT audience.");
    }

    /** The wording of some years ago, which named both audiences. */
    static Refusal wrongAudience(String actual, String expected) {
        return new Refusal(
                401,
                INVALID + "JWT audience doesn't match this application ('aud' claim (" + actual
                        + ") doesn't match expected value (" + expected + "))");
    }

    static Refusal noEmail() {
        return new Refusal(401, INVALID + "JWT 'email' claim isn't a string");
    }

    /** The one 401 without the usual beginning. */
    static Refusal expired() {
        return new Refusal(401, "OpenID Connect token expired: JWT has expired");
    }

    /** The real wording is not known. */
    static Refusal wrongIssuer() {
        return new Refusal(401, INVALID + "Invalid bearer token. Invalid JWT issuer.");
    }

    /** The real wording is not known. */
    static Refusal lifetime() {
        return new Refusal(401, INVALID + "Invalid bearer token. Invalid JWT lifetime.");
    }

    /** The real wording is not known; it is known to speak of access. */
    static Refusal noAccess() {
        return new Refusal(403, "You don't have access.");
    }

    static Refusal noOauthClient() {
        return new Refusal(502, "Empty Google Account OAuth client ID(s)/secret(s).");
    }

    String sentence() {
        return sentence;
    }

    Answer answer() {
        return Answer.html(status, sentence).with(MARK, "true");
    }

    /** For a browser: the same sentence, and the way to the sign-in page. */
    Answer redirect(String location, String nonce) {
        return Answer.html(302, sentence)
                .with(MARK, "true")
                .with("Location", location)
                .with("Set-Cookie", "GCP_IAP_XSRF_NONCE_" + nonce + "=1; Path=/; HttpOnly");
    }
}
