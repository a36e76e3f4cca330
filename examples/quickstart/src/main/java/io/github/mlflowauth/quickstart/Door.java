package io.github.mlflowauth.quickstart;

import io.github.mlflowauth.AuthMlflowClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** How one gets to the server: directly, or through a gate in front of it. */
interface Door extends AutoCloseable {

    /** The address for clients and browsers. */
    URI uri();

    AuthMlflowClient connect() throws IOException;

    /** How a person signs in with a browser, in words. */
    List<String> signIn();

    @Override
    void close() throws IOException;
}
