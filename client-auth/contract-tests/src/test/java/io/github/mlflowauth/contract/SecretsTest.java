package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Looks for every secret of this module in all that was logged at TRACE, by slf4j for the whole run so far and by
 * {@code java.util.logging} for this test, and in every exception's text with its causes.
 */
class SecretsTest {
    /** Held, because {@code java.util.logging} forgets levels of loggers that nobody holds. */
    private final List<Logger> loggers =
            List.of(Logger.getLogger("okhttp3"), Logger.getLogger("com.google"), Logger.getLogger("org.mlflow"));

    private final Recorder recorder = new Recorder();
    private final StringWriter failures = new StringWriter();

    @BeforeEach
    void record() {
        loggers.forEach(logger -> {
            logger.setLevel(Level.ALL);
            logger.addHandler(recorder);
        });
    }

    @AfterEach
    void stopRecording() {
        loggers.forEach(logger -> {
            logger.setLevel(null);
            logger.removeHandler(recorder);
        });
    }

    @Test
    void noSecretIsLoggedOrPartOfAnExceptionsText() throws Exception {
        int users = Servers.withUsers().uri().getPort();
        try (NginxGate basic = NginxGate.basicAuth(Servers.open().uri().getPort(), Secrets.USER, Secrets.PASSWORD);
                NginxGate bearer = NginxGate.bearer(Servers.open().uri().getPort(), Secrets.GATE_TOKEN);
                NginxGate outer = NginxGate.bearerBesideApp(users, Secrets.GATE_TOKEN)) {
            use(() -> MlflowClients.forBasicAuth(basic.uri(), Secrets.USER, Secrets.PASSWORD));
            use(() -> MlflowClients.forBasicAuth(basic.uri(), Secrets.USER, Secrets.WRONG_PASSWORD));
            use(() -> MlflowClients.builder()
                    .trackingUri(withUserInfo(basic, Secrets.PASSWORD))
                    .build());
            use(() -> MlflowClients.builder()
                    .trackingUri(withUserInfo(basic, Secrets.WRONG_PASSWORD))
                    .build());
            use(() -> MlflowClients.forBearerToken(bearer.uri(), Secrets.GATE_TOKEN));
            use(() -> MlflowClients.forBearerToken(bearer.uri(), Secrets.WRONG_TOKEN));
            use(() -> twoLayers(outer, Secrets.GATE_TOKEN, Secrets.ADMIN_PASSWORD));
            use(() -> twoLayers(outer, Secrets.WRONG_TOKEN, Secrets.ADMIN_PASSWORD));
            use(() -> twoLayers(outer, Secrets.GATE_TOKEN, Secrets.WRONG_PASSWORD));
        }
        useWhatIsRefusedAtOnce();

        assertThat(logged()).as("the client logged").contains("io.github.mlflowauth.http", "trying again");
        assertThat(recorder.text()).as("OkHttp was recorded too").contains("OkHttp");
        assertThat(failures.toString()).contains("answered 401").contains("Caused by");
        assertNowhere(Secrets.all());
    }

    @Test
    void noTokenOfIapAndNoKeyIsLoggedOrPartOfAnExceptionsText(@TempDir Path folder) throws Exception {
        try (IapEmulator iap =
                IapEmulator.builder().upstream(Servers.open().uri()).start()) {
            for (IapIdentity identity : IapIdentity.values()) {
                use(() -> new IapProgram(iap, identity, iap.clientId(), folder).client());
                use(() -> new IapProgram(iap, identity, iap.urlAudience(), folder).client());
                use(() -> new IapProgram(iap, identity, "1-other.apps.googleusercontent.com", folder).client());
            }
        }

        assertThat(failures.toString()).contains("IAP refused audience");
        // How each JWT, key, refresh token and access token begins.
        assertNowhere(List.of("eyJ", "PRIVATE KEY", "1//emulated-", "ya29."));
    }

    private void assertNowhere(List<String> secrets) throws IOException {
        assertThat(LoggerFactory.getLogger("io.github.mlflowauth").isTraceEnabled())
                .isTrue();
        String logged = logged();
        for (String secret : secrets) {
            assertThat(logged).doesNotContain(secret);
            assertThat(recorder.text()).doesNotContain(secret);
            assertThat(failures.toString()).doesNotContain(secret);
        }
    }

    private static String logged() throws IOException {
        return Files.readString(Path.of(System.getProperty("org.slf4j.simpleLogger.logFile")));
    }

    private void useWhatIsRefusedAtOnce() {
        use(() -> MlflowClients.forBasicAuth("http://127.0.0.1:1", Secrets.USER, Secrets.PASSWORD + "\r\n"));
        use(() -> MlflowClients.forBearerToken("http://127.0.0.1:1", Secrets.GATE_TOKEN + "\n"));
        use(() -> MlflowClients.forBasicAuth("http://mlflow.example.com", Secrets.USER, Secrets.PASSWORD));
        use(() -> MlflowClients.builder()
                .trackingUri("http://" + Secrets.USER + ":" + Secrets.ADMIN_PASSWORD + "@127.0.0.1:99999")
                .build());
        use(() -> MlflowClients.builder()
                .trackingUri("ftp://" + Secrets.USER + ":" + Secrets.ADMIN_PASSWORD + "@127.0.0.1")
                .build());
        use(() -> MlflowClients.builder()
                .trackingUri("http://" + Secrets.USER + ":" + Secrets.ADMIN_PASSWORD + " @127.0.0.1")
                .build());
        use(() -> MlflowClients.builder()
                .trackingUri("http://" + Secrets.USER + ":" + Secrets.ADMIN_PASSWORD + "@127.0.0.1:1")
                .transport(settings -> settings.retry(settings.retry().toBuilder()
                        .maxRetries(1)
                        .backoffFactor(0.01)
                        .build()))
                .build());
    }

    /** Makes good and bad calls, and keeps the text of everything that is thrown. */
    private void use(Supplier<AuthMlflowClient> maker) {
        attempt(() -> {
            try (AuthMlflowClient client = maker.get()) {
                failures.append(client.toString()).append('\n');
                attempt(() -> client.getExperiment("0"));
                attempt(() -> client.createRun("0"));
                attempt(() -> client.getRun("nobody-made-this"));
                attempt(() -> client.request("GET", "/api/2.0/mlflow/nothing/here?key=value", null));
                attempt(() -> client.downloadArtifacts("nobody-made-this"));
                attempt(() ->
                        new java.io.ObjectOutputStream(java.io.OutputStream.nullOutputStream()).writeObject(client));
            }
        });
    }

    private void attempt(Call call) {
        try {
            call.run();
        } catch (Exception e) {
            e.printStackTrace(new PrintWriter(failures, true));
        }
    }

    private static String withUserInfo(NginxGate gate, String password) {
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        return "http://" + Secrets.USER + ":" + encoded + "@127.0.0.1:" + gate.port();
    }

    private static AuthMlflowClient twoLayers(NginxGate gate, String token, String password) {
        return MlflowClients.builder()
                .trackingUri(gate.uri())
                .bearerToken(token)
                .basicAuth(Secrets.ADMIN, password)
                .build();
    }

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    private static final class Recorder extends Handler {
        private final StringBuilder text = new StringBuilder();

        Recorder() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
        }

        synchronized String text() {
            return text.toString();
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            text.append(getFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
