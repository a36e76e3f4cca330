package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.iap.Face;
import io.github.mlflowauth.testkit.iap.Fault;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No token, key or password in any text, whatever is logged and however it fails. */
class SecretsTest {
    private final StringWriter texts = new StringWriter();
    private final Handler everything = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord logged) {
            texts.append(formatter.format(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private void logged(Logger logger, Runnable task) {
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(everything);
        try {
            task.run();
        } finally {
            logger.removeHandler(everything);
            logger.setLevel(before);
        }
    }

    private void note(Throwable failure) {
        failure.printStackTrace(new PrintWriter(texts));
    }

    private void request(EmulatedIap iap, IapAuth auth, Map<String, String> environment) {
        try (AuthMlflowClient client = iap.client(auth, environment)) {
            client.createExperiment("x");
        } catch (RuntimeException failure) {
            note(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "metadata", "user", "federation"})
    void nothingThatIsLoggedOrThrownHoldsASecret(String kind, @TempDir Path folder) throws IOException {
        try (EmulatedIap iap = new EmulatedIap()) {
            IapEmulator google = iap.emulator();
            String trainer = iap.account("trainer");
            google.grantRole("ada@example.com", Role.TOKEN_CREATOR, trainer);
            google.grantRole(google.federatedPrincipal("pipeline"), Role.TOKEN_CREATOR, trainer);
            google.grantRole(trainer, Role.TOKEN_CREATOR, trainer);
            Map<String, String> environment =
                    switch (kind) {
                        case "key" -> google.environmentWithKeyFile(trainer, folder);
                        case "metadata" -> google.environmentWithMetadata(trainer);
                        case "user" -> google.environmentWithFile(google.writeUserFile("ada@example.com", folder));
                        default -> google.environmentWithFile(google.writeFederationFile("pipeline", trainer, folder));
                    };
            logged(Logger.getLogger("com.google"), () -> {
                Logger.getLogger("com.google.api.client.http.HttpTransport").config("this log is read");
                IapAuth auth = IapAuth.forAudience(google.clientId()).impersonating(trainer);
                request(iap, auth, environment);
                google.fault(Face.IAP, Fault.iapRefusal(403, "no"));
                request(iap, auth, environment);
                for (Face face : List.of(Face.TOKEN, Face.METADATA, Face.IAM_CREDENTIALS, Face.STS)) {
                    google.fault(face, Fault.status(400));
                    request(iap, auth, environment);
                    google.clearFaults();
                }
            });
            assertThat(texts.toString()).contains("HTTP 400", "this log is read");
            assertThat(secretsIn(folder)).noneMatch(secret -> texts.toString().contains(secret));
            assertThat(texts.toString()).doesNotContain("eyJ", "ya29.", "Bearer ");
        }
    }

    private static List<String> secretsIn(Path folder) throws IOException {
        List<String> secrets = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (String word : Files.readString(file).split("[\"\\\\\\s]+")) {
                    if (word.matches("[A-Za-z0-9+/_.=-]{30,}") && !word.contains("gserviceaccount")) {
                        secrets.add(word);
                    }
                }
            }
        }
        return secrets;
    }
}
