package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BearerToken;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A token, and how it was made. Immutable; masked in text. */
public final class IapCheck {
    private final String identity;
    private final IapAudience audience;
    private final BearerToken token;
    private final Optional<Duration> clockDifference;

    private IapCheck(String identity, IapAudience audience, BearerToken token, Optional<Duration> clockDifference) {
        this.identity = identity;
        this.audience = audience;
        this.token = token;
        this.clockDifference = clockDifference;
    }

    static IapCheck now(IapOptions options, AuthSettings settings) throws IOException {
        IapTokens tokens = IapTokens.create(options, settings);
        BearerToken token = tokens.token();
        return new IapCheck(
                tokens.identityName(),
                options.audience(),
                token,
                tokens.difference().seen());
    }

    /** Who the token is for and where that identity was found. */
    public String identity() {
        return identity;
    }

    /** The audience of the token. */
    public String audience() {
        return audience.value();
    }

    /** Whether the service account signed the token itself; else it is an ID token of Google's. */
    public boolean isSelfSigned() {
        return audience.isSelfSigned();
    }

    /** The token, with its expiry. */
    public BearerToken token() {
        return token;
    }

    /** Local time minus Google's, to the second; empty if no call of Google was needed. */
    public Optional<Duration> clockDifference() {
        return clockDifference;
    }

    @Override
    public String toString() {
        return "IapCheck{" + identity + ", audience=" + audience + ", " + token + "}";
    }
}
