package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract through Identity-Aware Proxy with MLflow's own users behind it. */
class IapAndMlflowUsersTest extends ClientContract {
    private static IapEmulator iap;

    @TempDir
    Path folder;

    @BeforeAll
    static void startIap() {
        iap = IapEmulator.builder().upstream(Servers.withUsers().uri()).start();
    }

    @AfterAll
    static void stopIap() {
        iap.close();
    }

    @Override
    protected AuthMlflowClient newClient() {
        return new IapProgram(iap, IapIdentity.KEY_FILE, iap.clientId(), folder)
                .builder()
                .basicAuth(Secrets.ADMIN, Secrets.ADMIN_PASSWORD)
                .build();
    }
}
