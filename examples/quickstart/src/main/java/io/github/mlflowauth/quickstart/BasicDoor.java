package io.github.mlflowauth.quickstart;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Straight to MLflow, with one of its own users. */
final class BasicDoor implements Door {
    private final URI server;
    private final String user;
    private final String password;

    BasicDoor(URI server, String user, String password) {
        this.server = server;
        this.user = user;
        this.password = password;
    }

    @Override
    public URI uri() {
        return server;
    }

    /** The server is on this machine, so no setting of the environment (a proxy, another server's address) matters. */
    @Override
    public AuthMlflowClient connect() {
        return MlflowClients.builder()
                .environment(Map.of())
                .trackingUri(server.toString())
                .basicAuth(user, password)
                .build();
    }

    @Override
    public List<String> signIn() {
        return List.of("user      " + user, "password  " + password);
    }

    @Override
    public void close() {}
}
