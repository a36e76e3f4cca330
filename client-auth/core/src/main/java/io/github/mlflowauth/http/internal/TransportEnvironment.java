package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.TransportSettings;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Interim: the connection part brings the real one. */
public final class TransportEnvironment {
    private TransportEnvironment() {}

    public static void read(UnaryOperator<@Nullable String> environment, URI uri, TransportSettings.Builder builder) {}
}
