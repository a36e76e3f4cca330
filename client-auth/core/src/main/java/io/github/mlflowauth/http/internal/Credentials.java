package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.auth.AuthLayer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers that auth gave for one attempt: as each layer gave them, and as they go over the wire. Holds secrets;
 * prints none.
 */
final class Credentials {
    static final Credentials NONE = new Credentials();

    private final Map<AuthLayer, Map<String, String>> byLayer = new EnumMap<>(AuthLayer.class);
    private final Map<String, String> onTheWire = new LinkedHashMap<>();

    void add(AuthLayer layer, Map<String, String> given, Map<String, String> sent) {
        byLayer.put(layer, Map.copyOf(given));
        onTheWire.putAll(sent);
    }

    /** What a layer gave, under its own names; empty if it gave nothing. */
    Map<String, String> givenBy(AuthLayer layer) {
        return byLayer.getOrDefault(layer, Map.of());
    }

    Map<String, String> onTheWire() {
        return onTheWire;
    }

    /** The text with every credential of this attempt starred, in case a server echoes what it was sent. */
    String redact(String text) {
        String clean = text;
        for (String value : onTheWire.values()) {
            String secret = value.substring(value.indexOf(' ') + 1);
            if (secret.length() >= 4) {
                clean = clean.replace(secret, "***");
            }
        }
        return clean;
    }

    @Override
    public String toString() {
        return "Credentials{" + onTheWire.keySet() + "}";
    }
}
