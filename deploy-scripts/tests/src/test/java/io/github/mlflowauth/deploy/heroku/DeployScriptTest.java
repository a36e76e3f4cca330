package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** deploy.sh and rotate-password.sh against a stand-in for Heroku that refuses what the real one refuses. */
class DeployScriptTest {
    private static final String PASSWORD = "a long pass phrase, \"quoted\" $HOME";
    private static final String AWS_SECRET = "aws-secret-value";
    private static final String APP = "team-mlflow";
    private static final String HOST = APP + "-0123456789ab.herokuapp.com";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path state;

    @Test
    void fromNothingToAPushedApp() throws IOException {
        Command.Result result = deploy("--app", APP, "--s3", "s3://bucket/mlflow", "--region", "eu");

        assertThat(result.status()).as(result.all()).isZero();
        assertThat(Files.readString(state.resolve("app-" + APP))).isEqualTo("container");
        assertThat(Files.readString(state.resolve("database"))).isEqualTo("heroku-postgresql:essential-0");
        JsonNode config = config();
        assertThat(config.at("/BASIC_AUTH_PASSWORD").asText()).isEqualTo(PASSWORD);
        assertThat(config.at("/AWS_SECRET_ACCESS_KEY").asText()).isEqualTo(AWS_SECRET);
        assertThat(config.at("/S3_LOCATION").asText()).isEqualTo("s3://bucket/mlflow");
        assertThat(config.at("/APP_HOST").asText()).as("the real domain").isEqualTo(HOST);
        assertThat(config.has("MLFLOW_S3_ENDPOINT_URL")).isFalse();
        assertThat(Files.readString(state.resolve("pushed")))
                .contains("\theroku.yml\n", "\tDockerfile\n", "100755 ", "\tentrypoint.sh\n", "\trequirements.lock\n");
        assertThat(result.out()).endsWith("MLFLOW_TRACKING_URI=https://" + HOST + "\n");
        assertThat(calls() + result.all()).doesNotContain(PASSWORD, AWS_SECRET, "HRKU-", "database-secret");
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        deploy("--app", APP, "--s3", "s3://bucket/mlflow");
        String pushed = Files.readString(state.resolve("pushed"));
        Files.delete(state.resolve("calls"));

        Command.Result again = run("deploy.sh", Map.of(), "--app", APP, "--s3", "s3://bucket/mlflow");

        assertThat(again.status()).as(again.all()).isZero();
        assertThat(again.out()).contains("is there.", "The database is there.", "The settings are there.");
        assertThat(calls()).doesNotContain("apps:create", "addons:create", "PATCH");
        assertThat(Files.readString(state.resolve("pushed"))).isEqualTo(pushed);
    }

    @Test
    void aDryRunShowsTheStepsWithoutSecretsAndDoesNone() throws IOException {
        Command.Result result = deploy("--app", APP, "--s3", "s3://bucket/mlflow", "--dry-run");

        assertThat(result.status()).as(result.all()).isZero();
        assertThat(result.out())
                .contains("apps:create " + APP, "addons:create", "\"BASIC_AUTH_PASSWORD\": \"****\"", "git push")
                .doesNotContain(PASSWORD, AWS_SECRET);
        assertThat(state.resolve("app-" + APP)).doesNotExist();
        assertThat(state.resolve("config.json")).doesNotExist();
        assertThat(state.resolve("pushed")).doesNotExist();
        assertThat(calls()).doesNotContain("create", "PATCH");
    }

    @Test
    void withADomainOfItsOwnBothHostsAreAllowed() throws IOException {
        deploy("--app", APP, "--s3", "s3://bucket/mlflow", "--domain", "mlflow.example.org");

        assertThat(config().at("/APP_HOST").asText()).isEqualTo("mlflow.example.org," + HOST);
    }

    @Test
    void theAwsKeyCanComeFromSecretsManager() throws IOException {
        Map<String, String> login = Map.of("BASIC_AUTH_USER", "ada", "BASIC_AUTH_PASSWORD", PASSWORD);

        Command.Result unknown =
                run("deploy.sh", login, "--app", APP, "--s3", "s3://bucket/x", "--aws-secret", "nothing");
        Command.Result result = run(
                "deploy.sh", login, "--app", APP, "--s3", "s3://bucket/x", "--aws-secret", "mlflow_access_api_keys");

        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("the secret nothing can't be read");
        assertThat(result.status()).as(result.all()).isZero();
        assertThat(config().at("/AWS_ACCESS_KEY_ID").asText()).isEqualTo("AKIAFROMSECRET");
        assertThat(config().at("/AWS_SECRET_ACCESS_KEY").asText()).isEqualTo("secret/from+secretsmanager");
        assertThat(calls() + result.all()).doesNotContain("secret/from+secretsmanager");
    }

    @Test
    void theFirstTimeCredentialsAreDemanded() {
        Command.Result result = run("deploy.sh", Map.of(), "--app", APP, "--s3", "s3://bucket/mlflow");

        assertThat(result.status()).isNotZero();
        assertThat(result.err())
                .contains("no BASIC_AUTH_USER, BASIC_AUTH_PASSWORD, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY yet");
        assertThat(state.resolve("pushed")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--app | --app needs a value.",
                "--app Team_MLflow --s3 s3://bucket/x | --app needs a name",
                "--app team --s3 bucket | --s3 needs a location",
                "--app team --s3 s3://bucket/x --region mars | --region is us or eu.",
                "--app team --password x | unknown argument --password"
            })
    void aBadArgumentIsNamed(String arguments, String expected) {
        Command.Result result = deploy(arguments.split(" "));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("deploy: " + expected);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void aWeakPasswordFailsBeforeAnythingIsMade() {
        Command.Result result = run(
                "deploy.sh",
                Map.of("BASIC_AUTH_USER", "ada", "BASIC_AUTH_PASSWORD", "too short"),
                "--app",
                APP,
                "--s3",
                "s3://bucket/x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("shorter than 16").doesNotContain("too short");
        assertThat(state.resolve("app-" + APP)).doesNotExist();
    }

    @Test
    void aRotatedPasswordIsPrintedOnceAndSet() throws IOException {
        deploy("--app", APP, "--s3", "s3://bucket/mlflow");

        Command.Result result = run("rotate-password.sh", Map.of(), "--app", APP);

        assertThat(result.status()).as(result.all()).isZero();
        String made = result.out().strip();
        assertThat(made).hasSize(32);
        assertThat(config().at("/BASIC_AUTH_PASSWORD").asText()).isEqualTo(made);
        assertThat(config().at("/BASIC_AUTH_USER").asText())
                .as("the rest stays")
                .isEqualTo("ada");
        assertThat(calls() + result.err()).doesNotContain(made);
    }

    @Test
    void aPasswordOfYourOwnComesFromStandardInput() throws IOException {
        deploy("--app", APP, "--s3", "s3://bucket/mlflow");

        Command.Result result = command("rotate-password.sh", Map.of(), "--app", APP, "--stdin")
                .input("my own pass phrase\n")
                .run();

        assertThat(result.status()).as(result.all()).isZero();
        assertThat(result.all() + calls()).doesNotContain("my own pass phrase");
        assertThat(config().at("/BASIC_AUTH_PASSWORD").asText()).isEqualTo("my own pass phrase");
    }

    @Test
    void rotationRefusesAnUnknownAppAndAWeakPassword() {
        assertThat(run("rotate-password.sh", Map.of(), "--app", "nobody").err())
                .contains("refused PATCH /apps/nobody/config-vars");
        assertThat(command("rotate-password.sh", Map.of(), "--app", APP, "--stdin")
                        .input("short\n")
                        .run()
                        .err())
                .contains("shorter than 16");
    }

    private Command.Result deploy(String... arguments) {
        Map<String, String> environment = Map.of(
                "BASIC_AUTH_USER", "ada",
                "BASIC_AUTH_PASSWORD", PASSWORD,
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", AWS_SECRET,
                "AWS_DEFAULT_REGION", "eu-central-1");
        return run("deploy.sh", environment, arguments);
    }

    private Command.Result run(String script, Map<String, String> environment, String... arguments) {
        return command(script, environment, arguments).run();
    }

    private Command command(String script, Map<String, String> environment, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(Repository.heroku().resolve(script).toString()));
        line.addAll(Arrays.asList(arguments));
        Map<String, String> all = new HashMap<>(environment);
        all.put("STUB_STATE", state.toString());
        all.put("PATH", Repository.root().resolve("deploy-scripts/tests/src/test/stubs") + ":" + System.getenv("PATH"));
        return Command.of(line).cleanEnv().env(all);
    }

    private JsonNode config() throws IOException {
        return new ObjectMapper().readTree(state.resolve("config.json").toFile());
    }

    private String calls() {
        try {
            return Files.readString(state.resolve("calls"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
