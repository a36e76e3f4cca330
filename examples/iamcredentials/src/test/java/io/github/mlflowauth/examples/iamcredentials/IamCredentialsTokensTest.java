package io.github.mlflowauth.examples.iamcredentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.iam.credentials.v1.IamCredentialsClient;
import com.google.cloud.iam.credentials.v1.IamCredentialsSettings;
import com.sun.net.httpserver.HttpServer;
import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's client, over HTTP and JSON, against the emulator. */
class IamCredentialsTokensTest {
    private final HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final IapEmulator google;
    private final String trainer;
    private final IamCredentialsClient client;

    IamCredentialsTokensTest(@TempDir Path folder) throws IOException {
        byte[] answer = "{\"experiment_id\":\"7\"}".getBytes(StandardCharsets.UTF_8);
        app.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        app.start();
        google = IapEmulator.builder()
                .upstream(URI.create("http://127.0.0.1:" + app.getAddress().getPort()))
                .start();
        trainer = google.addServiceAccount("trainer");
        google.grantAccess(trainer);
        String caller = google.addServiceAccount("caller");
        google.grantRole(caller, Role.OPEN_ID_TOKEN_CREATOR, trainer);
        GoogleCredentials key = GoogleCredentials.fromStream(Files.newInputStream(google.writeKeyFile(caller, folder)));
        client = IamCredentialsClient.create(IamCredentialsSettings.newHttpJsonBuilder()
                .setEndpoint(google.iamCredentialsUri().toString())
                .setCredentialsProvider(FixedCredentialsProvider.create(
                        key.createScoped("https://www.googleapis.com/auth/cloud-platform")))
                .build());
    }

    @AfterEach
    void stop() {
        client.close();
        google.close();
        app.stop(0);
    }

    @Test
    void theOneLambdaGetsThroughAndIsAskedOnceForManyRequests() {
        try (AuthMlflowClient mlflow = MlflowClients.forBearerToken(
                google.uri().toString(), IamCredentialsTokens.of(client, trainer, google.clientId()))) {
            for (int i = 0; i < 10; i++) {
                assertThat(mlflow.createExperiment("x" + i)).isEqualTo("7");
            }
        }
        assertThat(google.tokensMade()).isEqualTo(1);
    }

    @Test
    void aRotatedKeyIsSurvived() {
        try (AuthMlflowClient mlflow = MlflowClients.forBearerToken(
                google.uri().toString(), IamCredentialsTokens.of(client, trainer, google.clientId()))) {
            assertThat(mlflow.createExperiment("before")).isEqualTo("7");
            google.rotateKeys();
            google.dropOldKeys();
            assertThat(mlflow.createExperiment("after")).isEqualTo("7");
        }
        assertThat(google.tokensMade()).isEqualTo(2);
    }

    @Test
    void aMissingRoleIsTold() {
        String other = google.addServiceAccount("other");

        try (AuthMlflowClient mlflow = MlflowClients.forBearerToken(
                google.uri().toString(), IamCredentialsTokens.of(client, other, google.clientId()))) {
            assertThatThrownBy(() -> mlflow.createExperiment("x"))
                    .hasMessageContaining("generateIdToken for " + other + " failed (PERMISSION_DENIED). Check that you"
                            + " have roles/iam.serviceAccountOpenIdTokenCreator on it.");
        }
    }
}
