package io.github.mlflowauth;

import io.github.mlflowauth.auth.RequestHeaderProvider;
import io.github.mlflowauth.http.internal.AuthLayers;
import io.github.mlflowauth.http.internal.ExtraHeaders;
import io.github.mlflowauth.http.internal.Loopback;
import io.github.mlflowauth.http.internal.Origin;
import io.github.mlflowauth.http.internal.Transport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens the transport of a client, after the checks that need all its settings together. */
final class Opening {
    private Opening() {}

    static Transport transport(ClientSettings settings, AuthChoice auth, List<RequestHeaderProvider> providers) {
        URI uri = settings.trackingUri();
        boolean plain = uri.getScheme().equals("http");
        if (plain && !auth.isEmpty() && !settings.isPlainHttpAllowed() && !Loopback.isLoopback(uri.getHost())) {
            throw new IllegalArgumentException(Origin.plainHttpRefusal(uri.getHost()));
        }
        Origin origin = Origin.of(
                uri, settings.isPlainHttpAllowed(), settings.transport().isProxied(uri));
        ExtraHeaders headers =
                ExtraHeaders.of(ClientVersion.userAgent(), settings.workspace(), withDiscovered(providers));
        return Transport.open(origin, settings.transport(), AuthLayers.of(auth.gate(), auth.app()), headers);
    }

    private static List<RequestHeaderProvider> withDiscovered(List<RequestHeaderProvider> given) {
        List<RequestHeaderProvider> all = new ArrayList<>(given);
        ServiceLoader.load(RequestHeaderProvider.class, Opening.class.getClassLoader())
                .forEach(all::add);
        return all;
    }
}
