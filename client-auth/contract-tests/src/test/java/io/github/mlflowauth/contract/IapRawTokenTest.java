package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** MLflow's Python client through Identity-Aware Proxy, with a token that the Java client has made. */
class IapRawTokenTest extends ContractTest implements PythonContract {
    private static IapEmulator iap;

    @TempDir
    Path folder;

    @BeforeAll
    static void startIap() {
        iap = IapEmulator.builder().upstream(Servers.open().uri()).start();
    }

    @AfterAll
    static void stopIap() {
        iap.close();
    }

    private IapProgram program() {
        return new IapProgram(iap, IapIdentity.METADATA_SERVER, iap.clientId(), folder);
    }

    @Override
    protected AuthMlflowClient newClient() {
        return program().client();
    }

    @Override
    public String python(String script, List<String> arguments) {
        try {
            return Servers.open()
                    .python()
                    .env("MLFLOW_TRACKING_URI", iap.uri().toString())
                    .env("MLFLOW_TRACKING_TOKEN", program().rawToken())
                    .run(script, arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
