package io.github.mlflowauth.iap;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;

/** The service account that this machine runs as, by its metadata server. */
final class MetadataIdentity implements GoogleIdentity {
    private final MetadataServer server;
    private final String serviceAccount;
    private final IamCredentialsApi api;

    MetadataIdentity(MetadataServer server, String serviceAccount, IamCredentialsApi api) {
        this.server = server;
        this.serviceAccount = serviceAccount;
        this.api = api;
    }

    @Override
    public String name() {
        return serviceAccount + " (metadata server " + server.address() + ")";
    }

    @Override
    public String token(IapAudience audience) throws IOException {
        // The metadata server signs no JWTs: the account asks the IAM API to sign for itself.
        return audience.isSelfSigned()
                ? api.token(this, Collections.emptyList(), serviceAccount, audience)
                : server.identityToken(audience.value());
    }

    @Override
    public Map<String, String> accessHeaders() throws IOException {
        return Map.of("Authorization", "Bearer " + server.accessToken());
    }
}
