package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens a client for each test; extend it to run only some parts of the contract. */
public abstract class ContractTest implements ContractSubject {
    private @Nullable AuthMlflowClient client;

    /** A new client that gets through to the server under test. */
    protected abstract AuthMlflowClient newClient();

    @BeforeEach
    void openClient() {
        client = newClient();
    }

    @AfterEach
    void closeClient() {
        client().close();
    }

    @Override
    public final AuthMlflowClient client() {
        return Objects.requireNonNull(client, "client() is for use inside a test");
    }
}
