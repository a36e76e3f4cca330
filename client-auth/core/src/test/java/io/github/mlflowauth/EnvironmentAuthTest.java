package io.github.mlflowauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.RequestAuth;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of settings that choose auth, row by row. */
class EnvironmentAuthTest {
    private static final URI SERVER = URI.create("https://mlflow.example.com");
    private static final String PASSWORD = "correct-horse";

    @TempDir
    Path home;

    private final Map<String, String> env = new HashMap<>();

    @Test
    void nothingSetIsNoAuth() {
        assertThat(choose().isEmpty()).isTrue();
    }

    @Test
    void userAndPasswordAreBasic() throws IOException {
        user();
        assertThat(sent(choose().app())).isEqualTo(basic("ada", PASSWORD));
        assertThat(choose().gate()).isNull();
    }

    @Test
    void aTokenIsBearer() throws IOException {
        env.put("MLFLOW_TRACKING_TOKEN", "tok");
        assertThat(sent(choose().gate())).isEqualTo("Bearer tok");
    }

    @Test
    void userAndTokenWithoutANameAreBasicAsInPython() throws IOException {
        user();
        env.put("MLFLOW_TRACKING_TOKEN", "tok");
        assertThat(choose().gate()).isNull();
        assertThat(sent(choose().app())).startsWith("Basic ");
    }

    @Test
    void bearerWithUserAreTwoLayers() throws IOException {
        user();
        env.put("MLFLOW_TRACKING_AUTH", "Bearer");
        env.put("MLFLOW_TRACKING_TOKEN", "tok");
        assertThat(sent(choose().gate())).isEqualTo("Bearer tok");
        assertThat(sent(choose().app())).startsWith("Basic ");
    }

    @Test
    void aTokenFileIsReadForEachAttempt() throws IOException {
        Path file = Files.writeString(home.resolve("token"), "one\n");
        env.put("MLFLOW_TRACKING_TOKEN_FILE", file.toString());
        RequestAuth auth = choose().gate();
        assertThat(sent(auth)).isEqualTo("Bearer one");
        Files.writeString(file, "two\n");
        assertThat(sent(auth)).isEqualTo("Bearer two");
    }

    @Test
    void theCredentialsFileFillsWhatTheEnvironmentLacks() throws IOException {
        Files.createDirectories(home.resolve(".mlflow"));
        Files.writeString(
                home.resolve(".mlflow/credentials"),
                "[other]\nmlflow_tracking_password = no\n[mlflow]\nmlflow_tracking_username = file-user\n"
                        + "mlflow_tracking_password = p=w:d\n");
        assertThat(sent(choose().app())).isEqualTo(basic("file-user", "p=w:d"));
        env.put("MLFLOW_TRACKING_USERNAME", "env-user");
        assertThat(sent(choose().app())).isEqualTo(basic("env-user", "p=w:d"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "MLFLOW_TRACKING_USERNAME=ada|MLFLOW_TRACKING_PASSWORD isn't",
                "MLFLOW_TRACKING_PASSWORD=topsecret|MLFLOW_TRACKING_USERNAME isn't",
                "MLFLOW_TRACKING_AUTH=basic|needs MLFLOW_TRACKING_USERNAME",
                "MLFLOW_TRACKING_AUTH=bearer|needs MLFLOW_TRACKING_TOKEN",
                "MLFLOW_TRACKING_AUTH=kerberos|No auth named 'kerberos' (from MLFLOW_TRACKING_AUTH)",
                "MLFLOW_TRACKING_AUTH=iap|mlflow-client-auth-iap",
                "MLFLOW_TRACKING_AUTH=iap;MLFLOW_TRACKING_TOKEN=topsecret|makes its own tokens",
                "MLFLOW_TRACKING_TOKEN=topsecret;MLFLOW_TRACKING_TOKEN_FILE=/x|unset one of them",
                "MLFLOW_TRACKING_AWS_SIGV4=true|does not sign requests",
                "MLFLOW_TRACKING_AWS_SIGV4=maybe|must be true or false",
                "MLFLOW_TRACKING_TOKEN=top secret|position 3",
                "MLFLOW_TRACKING_USERNAME=a:b;MLFLOW_TRACKING_PASSWORD=topsecret|colon",
            })
    void contradictionsNameTheVariableAndNeverTheSecret(String variables, String text) {
        for (String variable : variables.split(";")) {
            env.put(variable.split("=")[0], variable.split("=")[1]);
        }
        assertThatThrownBy(this::choose)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageNotContaining("topsecret")
                .hasMessageNotContaining("top secret");
    }

    @Test
    void aControlCharacterInAPasswordIsNamedByPosition() {
        env.put("MLFLOW_TRACKING_USERNAME", "ada");
        env.put("MLFLOW_TRACKING_PASSWORD", "topsecret\r\nX-Evil: 1");
        assertThatThrownBy(this::choose)
                .hasMessageContaining("password")
                .hasMessageContaining("position 9")
                .hasMessageNotContaining("topsecret")
                .hasMessageNotContaining("Evil");
    }

    private void user() {
        env.put("MLFLOW_TRACKING_USERNAME", "ada");
        env.put("MLFLOW_TRACKING_PASSWORD", PASSWORD);
    }

    private AuthChoice choose() {
        return new EnvironmentAuth(Environment.of(env, home))
                .choose(AuthSettings.of(SERVER, Map.of()).withEnvironment(env));
    }

    private static String sent(RequestAuth auth) throws IOException {
        return auth.headers(AuthRequest.of("GET", SERVER, Duration.ofSeconds(1)))
                .get("Authorization");
    }

    private static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
