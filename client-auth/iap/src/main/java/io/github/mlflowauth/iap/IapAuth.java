package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.auth.RequestAuthProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Auth by Google's Identity-Aware Proxy: which audience, and as whom. Immutable; each method returns a copy. Holds no
 * secret.
 *
 * <pre>{@code
 * MlflowClients.builder()
 *         .gate(IapAuth.forAudience("https://mlflow.example.com/*")
 *                 .impersonating("trainer@my-project.iam.gserviceaccount.com"))
 * }</pre>
 *
 * <p>Without more, the identity is found where Google's own libraries look: {@code GOOGLE_APPLICATION_CREDENTIALS},
 * gcloud's file, the metadata server. It is found at the first request, again after a failure, and kept in between.
 */
public final class IapAuth implements RequestAuthProvider {
    /** The option for the audience. */
    public static final String AUDIENCE = "MLFLOW_IAP_AUDIENCE";
    /** Another name of {@link #AUDIENCE}, which a Python plugin uses. */
    public static final String CLIENT_ID = "MLFLOW_IAP_CLIENT_ID";
    /** The option for the service account to act as. */
    public static final String IMPERSONATE = "MLFLOW_IAP_IMPERSONATE";
    /** The option for another endpoint of the IAM Credentials API, for example a private one. */
    public static final String IAM_ENDPOINT = "MLFLOW_IAP_IAM_ENDPOINT";

    private final @Nullable String audience;
    private final @Nullable String impersonated;
    private final List<String> delegates;
    private final @Nullable KeySource keySource;
    private final @Nullable URI iamCredentialsEndpoint;

    /** Everything from the settings, beginning with {@link #AUDIENCE}. For the service loader. */
    public IapAuth() {
        this(null, null, Collections.emptyList(), null, null);
    }

    private IapAuth(
            @Nullable String audience,
            @Nullable String impersonated,
            List<String> delegates,
            @Nullable KeySource keySource,
            @Nullable URI iamCredentialsEndpoint) {
        this.audience = audience;
        this.impersonated = impersonated;
        this.delegates = delegates;
        this.keySource = keySource;
        this.iamCredentialsEndpoint = iamCredentialsEndpoint;
    }

    /**
     * IAP with this audience; everything else as the settings say.
     *
     * @param audience the OAuth client ID that IAP accepts ({@code ….apps.googleusercontent.com}), or
     *     {@code https://HOST/*} with the tracking server's host for a token that the service account signs itself,
     *     which needs no OAuth client; checked when a client is made
     */
    public static IapAuth forAudience(String audience) {
        Objects.requireNonNull(audience, "audience");
        return new IapAuth(audience, null, Collections.emptyList(), null, null);
    }

    /**
     * Acts as this service account, by the IAM Credentials API. Needs
     * {@code roles/iam.serviceAccountOpenIdTokenCreator} on it (for {@code https://HOST/*}:
     * {@code roles/iam.serviceAccountTokenCreator}).
     */
    public IapAuth impersonating(String serviceAccount) {
        return new IapAuth(
                audience,
                Objects.requireNonNull(serviceAccount, "serviceAccount"),
                delegates,
                keySource,
                iamCredentialsEndpoint);
    }

    /** The service accounts between the own identity and the impersonated one, in the order of delegation. */
    public IapAuth throughDelegates(String... serviceAccounts) {
        List<String> copy = Collections.unmodifiableList(Arrays.asList(serviceAccounts.clone()));
        return new IapAuth(audience, impersonated, copy, keySource, iamCredentialsEndpoint);
    }

    /** Takes the identity from this JSON file, and looks nowhere else. It is read when needed. */
    public IapAuth withKeyFile(Path file) {
        return withKeySource(KeySource.file(file, "key file"));
    }

    /** As {@link #withKeyFile}, from a stream that is opened each time it is needed, and closed. */
    public IapAuth withKey(Supplier<? extends InputStream> json) {
        return withKeySource(KeySource.stream(json));
    }

    private IapAuth withKeySource(KeySource source) {
        return new IapAuth(audience, impersonated, delegates, source, iamCredentialsEndpoint);
    }

    /**
     * Another endpoint than {@code https://iamcredentials.googleapis.com}, for example a private one.
     *
     * @param endpoint https, or http on a loopback host
     */
    public IapAuth withIamCredentialsEndpoint(URI endpoint) {
        return new IapAuth(audience, impersonated, delegates, keySource, Objects.requireNonNull(endpoint, "endpoint"));
    }

    /** {@code iap}. */
    @Override
    public String name() {
        return "iap";
    }

    @Override
    public RequestAuth create(AuthSettings settings) {
        return IapRequestAuth.create(new IapOptions(this, settings), settings);
    }

    /**
     * Makes one token now and tells how, without a request to the tracking server. For diagnosis.
     *
     * @throws IOException if no token can be made; the message says why and what to do
     */
    public IapCheck check(AuthSettings settings) throws IOException {
        return IapCheck.now(new IapOptions(this, settings), settings);
    }

    @Nullable
    String audience() {
        return audience;
    }

    @Nullable
    String impersonated() {
        return impersonated;
    }

    List<String> delegates() {
        return delegates;
    }

    @Nullable
    KeySource keySource() {
        return keySource;
    }

    @Nullable
    URI iamCredentialsEndpoint() {
        return iamCredentialsEndpoint;
    }

    @Override
    public String toString() {
        return "IapAuth{audience=" + (audience == null ? "from " + AUDIENCE : audience)
                + (impersonated == null ? "" : ", impersonating=" + impersonated) + "}";
    }
}
