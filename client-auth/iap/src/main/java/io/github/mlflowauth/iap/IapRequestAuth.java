package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.BearerToken;
import io.github.mlflowauth.auth.CachingTokenSource;
import io.github.mlflowauth.auth.Refusal;
import io.github.mlflowauth.auth.RequestAuth;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's way through IAP: a cached token on each attempt, a new one when IAP refuses it. */
final class IapRequestAuth implements RequestAuth {
    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "Bearer ";

    private final IapTokens tokens;
    private final CachingTokenSource cache;
    private volatile @Nullable Header last;
    private volatile @Nullable String whyNoOther;

    private IapRequestAuth(IapTokens tokens, CachingTokenSource cache) {
        this.tokens = tokens;
        this.cache = cache;
    }

    static IapRequestAuth create(IapOptions options, AuthSettings settings) {
        IapTokens tokens = IapTokens.create(options, settings);
        return new IapRequestAuth(
                tokens,
                CachingTokenSource.builder(tokens).clock(settings.clock()).build());
    }

    @Override
    public Map<String, String> headers(AuthRequest request) throws IOException {
        BearerToken token = cache.token(request.timeLeft());
        Header header = last;
        if (header == null || header.token != token) {
            header = new Header(token);
            last = header;
        }
        return header.map;
    }

    @Override
    public boolean refused(Refusal refusal) {
        IapRefusal iap = IapRefusal.of(refusal);
        String sent = refusal.sentHeaders().get(AUTHORIZATION);
        if (!iap.mayPassWithNewToken() || sent == null || !sent.startsWith(SCHEME)) {
            return false;
        }
        String refused = sent.substring(SCHEME.length());
        cache.reject(BearerToken.of(refused));
        try {
            whyNoOther = null;
            return !cache.token().value().equals(refused);
        } catch (IOException failure) {
            whyNoOther = failure.getMessage();
            return false;
        }
    }

    @Override
    public Optional<String> explain(Refusal refusal) {
        IapRefusal iap = IapRefusal.of(refusal);
        Optional<String> text = iap.explain(tokens.identityName(), tokens.audience(), tokens.difference());
        String failure = whyNoOther;
        return failure == null || !iap.mayPassWithNewToken()
                ? text
                : text.map(said -> said + " No other token could be made: " + failure);
    }

    @Override
    public String toString() {
        return "IapRequestAuth{audience=" + tokens.audience() + "}";
    }

    /** Made once for each token, so that the warm path allocates nothing. */
    private static final class Header {
        private final BearerToken token;
        private final Map<String, String> map;

        Header(BearerToken token) {
            this.token = token;
            this.map = Map.of(AUTHORIZATION, SCHEME + token.value());
        }
    }
}
