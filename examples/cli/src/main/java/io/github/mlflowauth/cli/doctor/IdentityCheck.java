package io.github.mlflowauth.cli.doctor;

import io.github.mlflowauth.iap.IapAuth;
import io.github.mlflowauth.iap.IapCheck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Whether this machine has an identity that can make a token for Identity-Aware Proxy, and which. */
final class IdentityCheck {
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

    private final Patient patient;

    IdentityCheck(Patient patient) {
        this.patient = patient;
    }

    Finding run(String check) {
        try {
            return describe(check, new IapAuth().check(patient.authSettings()));
        } catch (IOException e) {
            return Finding.problem(check, "no token can be made", String.valueOf(e.getMessage()));
        }
    }

    private static Finding describe(String check, IapCheck token) {
        String kind = token.isSelfSigned() ? "a token that it signs itself" : "an ID token of Google's";
        String what = token.identity() + ", " + kind + " for " + token.audience() + ", valid until "
                + token.token().expiresAt().map(Instant::toString).orElse("an unknown time");
        return token.clockDifference()
                .filter(difference -> difference.abs().compareTo(CLOCK_TOLERANCE) > 0)
                .map(difference -> Finding.warning(
                        check,
                        what + "; this machine's clock is " + difference.toSeconds() + " s ahead of Google's",
                        "Set the clock (NTP): the token may count as expired or not yet valid."))
                .orElseGet(() -> Finding.ok(check, what));
    }
}
