package io.github.mlflowauth.iap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service account as which another identity acts, by the IAM Credentials API. */
final class ImpersonatedIdentity implements GoogleIdentity {
    private final GoogleIdentity source;
    private final List<String> delegates;
    private final String serviceAccount;
    private final IamCredentialsApi api;

    ImpersonatedIdentity(GoogleIdentity source, List<String> delegates, String serviceAccount, IamCredentialsApi api) {
        this.source = source;
        this.delegates = List.copyOf(delegates);
        this.serviceAccount = serviceAccount;
        this.api = api;
    }

    @Override
    public String name() {
        return serviceAccount + " (as which acts " + source.name() + ")";
    }

    @Override
    public String token(IapAudience audience) throws IOException {
        return api.token(source, delegates, serviceAccount, audience);
    }

    @Override
    public Map<String, String> accessHeaders() throws IOException {
        throw new IOException(name() + " gives no access token itself; it is a delegate of the next service account.");
    }

    /** This account becomes the last of the delegates. */
    @Override
    public GoogleIdentity actingAs(String other, List<String> more, IamCredentialsApi sameApi) {
        List<String> all = new ArrayList<>(delegates);
        all.add(serviceAccount);
        all.addAll(more);
        return new ImpersonatedIdentity(source, all, other, sameApi);
    }
}
