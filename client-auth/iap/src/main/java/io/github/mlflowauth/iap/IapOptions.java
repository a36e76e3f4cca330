package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of one client: those of the code, completed with those of the settings, and checked. Immutable. */
final class IapOptions {
    private static final String SERVICE_ACCOUNT = "[^@/:\\s]+@[A-Za-z0-9.-]+\\.gserviceaccount\\.com";

    private final IapAudience audience;
    private final Optional<String> impersonated;
    private final List<String> delegates;
    private final Optional<KeySource> keySource;
    private final Optional<URI> iamCredentialsEndpoint;

    IapOptions(IapAuth code, AuthSettings settings) {
        audience = audience(code.audience(), settings);
        impersonated = Optional.ofNullable(code.impersonated()).or(() -> settings.option(IapAuth.IMPERSONATE));
        impersonated.ifPresent(name -> checkServiceAccount(name, IapAuth.IMPERSONATE + " or impersonating(…)"));
        delegates = code.delegates();
        delegates.forEach(name -> checkServiceAccount(name, "A delegate"));
        if (!delegates.isEmpty() && !impersonated.isPresent()) {
            throw new IllegalArgumentException("There are delegates, but no service account to act as: name it with"
                    + " impersonating(…) or " + IapAuth.IMPERSONATE + ".");
        }
        keySource = Optional.ofNullable(code.keySource());
        iamCredentialsEndpoint = Optional.ofNullable(code.iamCredentialsEndpoint())
                .map(URI::toString)
                .or(() -> settings.option(IapAuth.IAM_ENDPOINT))
                .map(address -> Endpoints.safe(address, "The IAM Credentials endpoint (" + IapAuth.IAM_ENDPOINT + ")"));
    }

    private static IapAudience audience(@Nullable String fromCode, AuthSettings settings) {
        if (fromCode != null) {
            return IapAudience.parse(fromCode, settings.trackingUri());
        }
        Optional<String> ours = settings.option(IapAuth.AUDIENCE);
        Optional<String> pythons = settings.option(IapAuth.CLIENT_ID);
        if (ours.isPresent() && pythons.isPresent() && !ours.equals(pythons)) {
            throw new IllegalArgumentException(
                    IapAuth.AUDIENCE + " and " + IapAuth.CLIENT_ID + " are both set and differ: unset one of them.");
        }
        String text = ours.or(() -> pythons)
                .orElseThrow(() -> new IllegalArgumentException("No audience for IAP: set " + IapAuth.AUDIENCE + ". "
                        + String.format(IapAudience.RIGHT_FORMS, IapAudience.forHostOf(settings.trackingUri()))));
        return IapAudience.parse(text, settings.trackingUri());
    }

    private static void checkServiceAccount(String name, String what) {
        if (!name.matches(SERVICE_ACCOUNT)) {
            throw new IllegalArgumentException(what + " must be the email address of a service account"
                    + " (NAME@PROJECT.iam.gserviceaccount.com); people can't be impersonated.");
        }
    }

    IapAudience audience() {
        return audience;
    }

    Optional<String> impersonated() {
        return impersonated;
    }

    List<String> delegates() {
        return delegates;
    }

    Optional<KeySource> keySource() {
        return keySource;
    }

    /** Empty for the one that a credential file names, or Google's. */
    Optional<URI> iamCredentialsEndpoint() {
        return iamCredentialsEndpoint;
    }
}
