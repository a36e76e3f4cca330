package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BearerToken;
import io.github.mlflowauth.auth.TokenSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes a token at each call, with up to three tries. The identity is found at the first one, and again after a failure
 * or a refusal, so that a renewed key is seen. Called by one thread at a time.
 */
final class IapTokens implements TokenSource {
    private static final int TRIES = 3;
    private static final Duration NO_NEW_TRY_AFTER = Duration.ofSeconds(20);

    private final IapAudience audience;
    private final IdentityFinder finder;
    private final ClockDifference difference;
    private final Pause pause;
    private volatile @Nullable GoogleIdentity identity;
    private volatile String identityName = "an identity that was not found";

    IapTokens(IapAudience audience, IdentityFinder finder, ClockDifference difference, Pause pause) {
        this.audience = audience;
        this.finder = finder;
        this.difference = difference;
        this.pause = pause;
    }

    static IapTokens create(IapOptions options, AuthSettings settings) {
        ClockDifference difference = new ClockDifference(settings.clock());
        IdentityFinder finder =
                new IdentityFinder(options, settings, new GoogleHttp(difference, GoogleProxy.of(settings)));
        return new IapTokens(options.audience(), finder, difference, Thread::sleep);
    }

    IapAudience audience() {
        return audience;
    }

    ClockDifference difference() {
        return difference;
    }

    /** Who the tokens are for, as far as known. */
    String identityName() {
        return identityName;
    }

    @Override
    public BearerToken token() throws IOException {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return once();
            } catch (IOException failure) {
                identity = null;
                boolean late = System.nanoTime() - start > NO_NEW_TRY_AFTER.toNanos();
                if (attempt == TRIES || late || !isWorthAnotherTry(failure)) {
                    throw failure;
                }
                sleep(attempt);
            }
        }
    }

    @Override
    public void reject(BearerToken used) {
        identity = null;
    }

    private static boolean isWorthAnotherTry(IOException failure) {
        return failure instanceof GoogleCallException && ((GoogleCallException) failure).isWorthAnotherTry();
    }

    private void sleep(int attempt) throws IOException {
        try {
            long most = Math.min(2000, 500L << attempt);
            pause.millis(ThreadLocalRandom.current().nextLong(200, most));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("Interrupted between two tries for a token.");
            stopped.initCause(stop);
            throw stopped;
        }
    }

    private BearerToken once() throws IOException {
        GoogleIdentity who = identity;
        if (who == null) {
            who = finder.find();
            identity = who;
            identityName = who.name();
        }
        String token = who.token(audience);
        return BearerToken.of(token, checked(token, who));
    }

    /** What IAP would refuse anyway is told here, where it is known who made it. */
    private Instant checked(String token, GoogleIdentity who) throws IOException {
        JwtClaims claims = JwtClaims.of(token);
        if (claims == null) {
            throw new IOException("What should be a token for " + who.name() + " is no JWT (" + token.length()
                    + " characters): a proxy or captive portal may stand in between.");
        }
        Instant expiry = claims.expiry()
                .orElseThrow(() -> new IOException("The token for " + who.name()
                        + " has no expiry (exp), so IAP would refuse it: a bug in the token service."));
        Clock clock = difference.clock();
        if (!expiry.isAfter(clock.instant())) {
            throw new IOException("The token for " + who.name() + " had expired "
                    + Duration.between(expiry, clock.instant()).toSeconds() + " s before it arrived. Check this"
                    + " machine's clock." + difference.remark());
        }
        if (!audience.isSelfSigned() && !claims.text("email").isPresent()) {
            throw new IOException("The ID token for " + who.name() + " has no email claim, so IAP would refuse it: a"
                    + " bug in the token service (format=full / includeEmail).");
        }
        if (!claims.text("aud").orElse("").equals(audience.value())) {
            throw new IOException("The token for " + who.name() + " is for another audience than " + audience.value()
                    + ": a bug in the token service.");
        }
        return expiry;
    }

    /** Sleeps, or not in a test. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }
}
