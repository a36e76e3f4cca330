package io.github.mlflowauth.auth;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.mlflow.tracking.creds.MlflowHostCreds;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/**
 * The credentials of a stock {@link MlflowHostCredsProvider}, asked for each attempt; Basic before Bearer, as the stock
 * client does. Thread-safe if the provider is. A provider that starts to name another host is an error, so that a
 * credential never goes to a server that it isn't meant for.
 */
public final class HostCredsAuth implements RequestAuth {
    private final MlflowHostCredsProvider provider;
    private final String host;

    private HostCredsAuth(MlflowHostCredsProvider provider, String host) {
        this.provider = provider;
        this.host = host;
    }

    /**
     * The provider's credentials, for one host.
     *
     * @param host the host that the provider named when the client was made
     */
    public static HostCredsAuth of(MlflowHostCredsProvider provider, String host) {
        return new HostCredsAuth(Objects.requireNonNull(provider, "provider"), Objects.requireNonNull(host, "host"));
    }

    @Override
    public Map<String, String> headers(AuthRequest request) throws IOException {
        Optional<RequestAuth> current = current();
        return current.isPresent() ? current.get().headers(request) : Map.of();
    }

    private Optional<RequestAuth> current() throws IOException {
        MlflowHostCreds creds = provider.getHostCreds();
        if (!host.equals(creds.getHost())) {
            throw new IOException(
                    "The credentials provider " + provider.getClass().getName()
                            + " now names another host than when this client was made. Make a new client for that host.");
        }
        if (creds.getUsername() != null && creds.getPassword() != null) {
            return Optional.of(BasicAuth.of(creds.getUsername(), creds.getPassword()));
        }
        return Optional.ofNullable(creds.getToken()).map(BearerAuth::of);
    }

    @Override
    public boolean refused(Refusal refusal) {
        provider.refresh();
        try {
            Map<String, String> fresh = headers(AuthRequest.of("GET", refusal.uri(), java.time.Duration.ZERO));
            return !fresh.isEmpty() && !fresh.equals(Map.copyOf(refusal.sentHeaders()));
        } catch (IOException e) {
            // The refusal is the news; a provider that fails now has nothing else to offer.
            return false;
        }
    }

    @Override
    public Optional<String> explain(Refusal refusal) {
        try {
            return current().flatMap(auth -> auth.explain(refusal));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "HostCredsAuth{provider=" + provider.getClass().getName() + "}";
    }
}
