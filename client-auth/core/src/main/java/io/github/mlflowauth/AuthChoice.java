package io.github.mlflowauth;

import io.github.mlflowauth.auth.RequestAuth;
import org.jspecify.annotations.Nullable;

/** The auth of a client's two layers, either of which may be absent. Immutable. */
final class AuthChoice {
    static final AuthChoice NONE = new AuthChoice(null, null);

    private final @Nullable RequestAuth gate;
    private final @Nullable RequestAuth app;

    private AuthChoice(@Nullable RequestAuth gate, @Nullable RequestAuth app) {
        this.gate = gate;
        this.app = app;
    }

    static AuthChoice of(@Nullable RequestAuth gate, @Nullable RequestAuth app) {
        return new AuthChoice(gate, app);
    }

    static AuthChoice gate(@Nullable RequestAuth gate) {
        return new AuthChoice(gate, null);
    }

    static AuthChoice app(@Nullable RequestAuth app) {
        return new AuthChoice(null, app);
    }

    @Nullable
    RequestAuth gate() {
        return gate;
    }

    @Nullable
    RequestAuth app() {
        return app;
    }

    boolean isEmpty() {
        return gate == null && app == null;
    }
}
