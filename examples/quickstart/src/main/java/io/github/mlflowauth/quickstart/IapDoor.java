package io.github.mlflowauth.quickstart;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.iap.IapAuth;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Through an emulated Identity-Aware Proxy as a service account, and then to MLflow with one of its own users: two
 * layers of auth.
 */
final class IapDoor implements Door {
    private static final String PERSON = "ada@example.com";

    private final String user;
    private final String password;
    private final Path folder;
    private final IapEmulator iap;
    private final Path keyFile;

    IapDoor(URI server, String user, String password) throws IOException {
        this.user = user;
        this.password = password;
        this.folder = Files.createTempDirectory("quickstart-iap-");
        folder.toFile().deleteOnExit();
        this.iap = IapEmulator.builder().upstream(server).start();
        String account = iap.addServiceAccount("trainer");
        iap.grantAccess(account);
        iap.grantAccess(PERSON);
        this.keyFile = iap.writeKeyFile(account, folder);
        keyFile.toFile().deleteOnExit();
    }

    @Override
    public URI uri() {
        return iap.uri();
    }

    @Override
    public AuthMlflowClient connect() {
        return MlflowClients.builder()
                .environment(Map.of())
                .trackingUri(iap.uri().toString())
                .gate(IapAuth.forAudience(iap.clientId()).withKeyFile(keyFile))
                .basicAuth(user, password)
                .build();
    }

    @Override
    public List<String> signIn() {
        return List.of(
                "Google    " + PERSON + " (the emulator's sign-in page asks for no password)",
                "user      " + user + " (then MLflow asks)",
                "password  " + password);
    }

    @Override
    public void close() throws IOException {
        iap.close();
        Files.deleteIfExists(keyFile);
        Files.deleteIfExists(folder);
    }
}
