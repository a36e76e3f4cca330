package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.auth.Refusal;
import io.github.mlflowauth.auth.RequestAuth;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The auth of a client: for a gate, for the app behind it, for both, or none. Where both need a credential, the gate's
 * goes into {@code Proxy-Authorization}; each {@link RequestAuth} knows only {@code Authorization}. Thread-safe.
 */
public final class AuthLayers {
    private static final String AUTHORIZATION = "Authorization";

    private final Map<AuthLayer, RequestAuth> layers = new EnumMap<>(AuthLayer.class);

    private AuthLayers(@Nullable RequestAuth gate, @Nullable RequestAuth app) {
        if (gate != null) {
            layers.put(AuthLayer.GATE, gate);
        }
        if (app != null) {
            layers.put(AuthLayer.APP, app);
        }
    }

    /** Either may be null. */
    public static AuthLayers of(@Nullable RequestAuth gate, @Nullable RequestAuth app) {
        return new AuthLayers(gate, app);
    }

    /** Whether there is no auth at all. */
    public boolean isEmpty() {
        return layers.isEmpty();
    }

    /** Whether the gate's credential goes into {@code Proxy-Authorization}. */
    public boolean isTwoLayered() {
        return layers.size() == 2;
    }

    Credentials credentials(AuthRequest request) throws IOException {
        Credentials credentials = new Credentials();
        for (Map.Entry<AuthLayer, RequestAuth> layer : layers.entrySet()) {
            Map<String, String> given = layer.getValue().headers(request);
            given.forEach(HeaderCheck::check);
            credentials.add(layer.getKey(), given, layer.getKey() == AuthLayer.GATE ? asGate(given) : given);
        }
        return credentials;
    }

    private Map<String, String> asGate(Map<String, String> given) {
        if (!isTwoLayered()) {
            return given;
        }
        Map<String, String> renamed = new LinkedHashMap<>();
        given.forEach((name, value) ->
                renamed.put(name.equalsIgnoreCase(AUTHORIZATION) ? "Proxy-Authorization" : name, value));
        return renamed;
    }

    /** Offers a refusal to the layers that weren't asked yet, the gate first; the one that says yes is added. */
    boolean wantsReplay(URI uri, Outcome<?> outcome, EnumSet<AuthLayer> asked) {
        for (Map.Entry<AuthLayer, RequestAuth> layer : layers.entrySet()) {
            if (asked.add(layer.getKey()) && layer.getValue().refused(refusal(uri, outcome, layer.getKey()))) {
                return true;
            }
        }
        return false;
    }

    /** The first layer that knows the refusal as its own, with what it says; of an answer of MLflow's, the app first. */
    Optional<Map.Entry<AuthLayer, String>> explain(URI uri, Outcome<?> outcome) {
        List<Map.Entry<AuthLayer, RequestAuth>> order = new ArrayList<>(layers.entrySet());
        if (refusal(uri, outcome, AuthLayer.APP).isFromMlflow()) {
            Collections.reverse(order);
        }
        for (Map.Entry<AuthLayer, RequestAuth> layer : order) {
            Optional<String> text = layer.getValue().explain(refusal(uri, outcome, layer.getKey()));
            if (text.isPresent()) {
                return Optional.of(Map.entry(layer.getKey(), text.get()));
            }
        }
        return Optional.empty();
    }

    static Refusal refusal(URI uri, Outcome<?> outcome, AuthLayer layer) {
        Answer answer = outcome.answer().orElseThrow(IllegalStateException::new);
        String body = answer.body();
        return Refusal.of(
                uri,
                answer.status(),
                answer.head().headers(),
                body.substring(0, Math.min(body.length(), 4096)),
                outcome.credentials().givenBy(layer));
    }

    /** The layers, for texts. */
    Set<AuthLayer> names() {
        return layers.keySet();
    }

    @Override
    public String toString() {
        return layers.toString();
    }
}
