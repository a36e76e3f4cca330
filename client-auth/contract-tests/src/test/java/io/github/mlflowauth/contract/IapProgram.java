package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClientBuilder;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.auth.RequestAuthProvider;
import io.github.mlflowauth.iap.IapAuth;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A program with an identity of its own, in front of one IAP emulator. */
final class IapProgram implements RequestAuthProvider {
    private final IapEmulator iap;
    private final Map<String, String> environment;
    private final IapAuth auth;

    /**
     * @param audience as {@link IapEmulator#clientId} or {@link IapEmulator#urlAudience} says
     */
    IapProgram(IapEmulator iap, IapIdentity identity, String audience, Path folder) {
        this.iap = iap;
        String account = iap.addServiceAccount("trainer");
        iap.grantAccess(account);
        this.environment = identity.environment(iap, account, folder);
        this.auth = identity.auth(
                IapAuth.forAudience(audience).withIamCredentialsEndpoint(iap.iamCredentialsUri()), account);
    }

    AuthMlflowClient client() {
        return builder().build();
    }

    MlflowClientBuilder builder() {
        return MlflowClients.builder().trackingUri(iap.uri().toString()).gate(this);
    }

    /** A token as other programs take it. */
    String rawToken() throws IOException {
        RequestAuth ready = create(AuthSettings.of(iap.uri(), Map.of()));
        String header = ready.headers(AuthRequest.of("GET", iap.uri(), Duration.ofSeconds(20)))
                .get("Authorization");
        return Objects.requireNonNull(header).substring("Bearer ".length());
    }

    @Override
    public String name() {
        return auth.name();
    }

    @Override
    public RequestAuth create(AuthSettings settings) {
        return auth.create(settings.withEnvironment(environment));
    }
}
