package io.github.mlflowauth.iap;

import com.google.gson.JsonObject;
import java.time.Clock;

/** Claims that a service account signs itself, valid for an hour as Google allows at most. */
final class SelfSignedClaims {
    private static final int LIFETIME_SECONDS = 3600;
    /** Issued a little in the past, so that a clock that is slightly ahead does no harm. */
    private static final int ALLOWANCE_SECONDS = 30;

    private SelfSignedClaims() {}

    static JsonObject of(String serviceAccount, String audience, Clock clock) {
        long issuedAt = clock.instant().getEpochSecond() - ALLOWANCE_SECONDS;
        JsonObject claims = new JsonObject();
        claims.addProperty("iss", serviceAccount);
        claims.addProperty("sub", serviceAccount);
        claims.addProperty("aud", audience);
        claims.addProperty("iat", issuedAt);
        claims.addProperty("exp", issuedAt + LIFETIME_SECONDS);
        return claims;
    }
}
