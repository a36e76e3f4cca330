package io.github.mlflowauth.deploy.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Repository;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apply, second plan, destroy; where the key is and what it may do. */
@Requires({Component.TERRAFORM, Component.TOOLS})
class ArtifactStoreTest {
    private static final String SECRET = "mlflow_access_api_keys";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void byDefaultOneApplyGivesAWorkingKeyInTheSecretAndNowhereElseButInTheState() throws IOException {
        try (Moto moto = new Moto()) {
            Workspace workspace = new Workspace(folder);
            workspace.configure(moto);

            workspace.terraform(workspace.example(), "apply", "-auto-approve");

            JsonNode key = secret(moto);
            String secretKey = key.at("/SecretAccessKey").asText();
            assertThat(key.at("/AccessKey").asText())
                    .isEqualTo(workspace.outputs().at("/access_key_id/value").asText())
                    .startsWith("AKIA");
            nothingIsLeftToChange(workspace);
            // The fake AWS speaks no TLS, and the bucket's policy denies everything without it.
            moto.aws("s3api", "delete-bucket-policy", "--bucket", "team-artifacts");
            reachesItsPrefixOnly(moto, key);
            assertThat(workspace.state().split(Pattern.quote(secretKey), -1))
                    .as("copies in the state")
                    .hasSize(2);
            assertThat(workspace.printed()).doesNotContain(secretKey);
            assertThat(workspace.outputs().at("/app_config/value/S3_LOCATION").asText())
                    .isEqualTo("s3://team-artifacts/mlflow");

            moto.aws("s3", "rm", "--recursive", "s3://team-artifacts");
            emptyAllVersions(moto);
            workspace.terraform(workspace.example(), "destroy", "-auto-approve");
            assertThat(moto.aws("s3api", "list-buckets").out()).doesNotContain("team-artifacts");
            assertThat(moto.aws("iam", "list-users").out()).doesNotContain("mlflow");
            assertThat(moto.aws("secretsmanager", "list-secrets").out()).doesNotContain(SECRET);
        }
    }

    @Test
    void externallyTheScriptMakesTheKeyAndTerraformNeverSeesIt() throws IOException {
        try (Moto moto = new Moto()) {
            Workspace workspace = existingBucket(moto, "access_key_mode = \"external\"");
            assertThat(moto.aws("iam", "list-access-keys", "--user-name", "mlflow")
                            .out())
                    .doesNotContain("AKIA");

            Command.Result first = newAccessKey(moto);
            JsonNode firstKey = secret(moto);
            Command.Result second = newAccessKey(moto, "--delete-old");
            JsonNode secondKey = secret(moto);

            assertThat(first.status()).as(first.all()).isZero();
            assertThat(second.status()).as(second.all()).isZero();
            reachesItsPrefixOnly(moto, secondKey);
            assertThat(moto.aws("iam", "list-access-keys", "--user-name", "mlflow")
                            .out())
                    .contains(secondKey.at("/AccessKey").asText())
                    .doesNotContain(firstKey.at("/AccessKey").asText());
            nothingIsLeftToChange(workspace);
            for (JsonNode key : new JsonNode[] {firstKey, secondKey}) {
                String secretKey = key.at("/SecretAccessKey").asText();
                assertThat(secretKey).hasSizeGreaterThan(30);
                assertThat(workspace.state() + workspace.printed() + first.all() + second.all())
                        .doesNotContain(secretKey);
            }
        }
    }

    @Test
    void aKeyThatCannotBePutIntoTheSecretIsDeletedAgain() throws IOException {
        try (Moto moto = new Moto()) {
            moto.aws("iam", "create-user", "--user-name", "mlflow");

            Command.Result result = newAccessKey(moto);

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.err()).contains("it was deleted again");
            assertThat(moto.aws("iam", "list-access-keys", "--user-name", "mlflow")
                            .out())
                    .doesNotContain("AKIA");
        }
    }

    @Test
    void withPgpTheStateHoldsTheKeyOnlyEncrypted() throws IOException {
        try (Moto moto = new Moto()) {
            Map<String, String> gpgHome = Map.of("GNUPGHOME", newGpgHome());
            String publicKey = Command.of("bash", "-c", "gpg --export test@example.org | base64 -w 0")
                    .env(gpgHome)
                    .succeed()
                    .out();
            Workspace workspace = existingBucket(moto, "access_key_mode = \"pgp\"", "pgp_key = \"" + publicKey + "\"");
            JsonNode outputs = workspace.outputs();

            String secretKey = Command.of("bash", "-c", "base64 -d | gpg --decrypt --quiet --batch")
                    .env(gpgHome)
                    .input(outputs.at("/encrypted_secret_access_key/value").asText())
                    .succeed()
                    .out();

            Map<String, String> key =
                    Map.of("AccessKey", outputs.at("/access_key_id/value").asText(), "SecretAccessKey", secretKey);
            reachesItsPrefixOnly(moto, new ObjectMapper().valueToTree(key));
            assertThat(workspace.state() + workspace.printed()).doesNotContain(secretKey);
            nothingIsLeftToChange(workspace);
        }
    }

    private Workspace existingBucket(Moto moto, String... variables) throws IOException {
        moto.aws("s3", "mb", "s3://team-artifacts");
        Workspace workspace = new Workspace(folder);
        String[] all = new String[variables.length + 1];
        System.arraycopy(variables, 0, all, 0, variables.length);
        all[variables.length] = "create_bucket = false";
        workspace.configure(moto, all);
        workspace.terraform(workspace.example(), "apply", "-auto-approve");
        return workspace;
    }

    private String newGpgHome() throws IOException {
        Path home = Files.createDirectory(
                folder.resolve("gpg"),
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));
        Command.of(
                        "gpg",
                        "--batch",
                        "--passphrase",
                        "",
                        "--quick-generate-key",
                        "test@example.org",
                        "rsa2048",
                        "encrypt")
                .env(Map.of("GNUPGHOME", home.toString()))
                .succeed();
        return home.toString();
    }

    private static Command.Result newAccessKey(Moto moto, String... more) {
        String[] line = new String[5 + more.length];
        line[0] = Repository.root()
                .resolve("terraform/modules/aws-artifact-store/scripts/new-access-key.sh")
                .toString();
        System.arraycopy(new String[] {"--user", "mlflow", "--secret", SECRET}, 0, line, 1, 4);
        System.arraycopy(more, 0, line, 5, more.length);
        Map<String, String> environment = new HashMap<>(moto.environment());
        environment.put("PATH", Repository.tool("aws").getParent() + ":" + System.getenv("PATH"));
        return Command.of(line).env(environment).run();
    }

    private static JsonNode secret(Moto moto) throws IOException {
        String value = moto.aws(
                        "secretsmanager",
                        "get-secret-value",
                        "--secret-id",
                        SECRET,
                        "--query",
                        "SecretString",
                        "--output",
                        "text")
                .out();
        return new ObjectMapper().readTree(value);
    }

    /** By trying it, with the fake AWS enforcing the policies. */
    private static void reachesItsPrefixOnly(Moto moto, JsonNode key) {
        Map<String, String> server = new HashMap<>(moto.environment());
        server.put("AWS_ACCESS_KEY_ID", key.at("/AccessKey").asText());
        server.put("AWS_SECRET_ACCESS_KEY", key.at("/SecretAccessKey").asText());
        moto.enforcePolicies(true);
        assertThat(put(moto, server, "mlflow/1/model.bin")).isZero();
        assertThat(put(moto, server, "mlflow2/1/model.bin")).isNotZero();
        assertThat(put(moto, server, "model.bin")).isNotZero();
        assertThat(moto.aws(server, "s3api", "delete-bucket", "--bucket", "team-artifacts")
                        .err())
                .contains("AccessDenied");
        assertThat(moto.aws(server, "iam", "list-users").err()).contains("AccessDenied");
        moto.enforcePolicies(false);
    }

    private static int put(Moto moto, Map<String, String> server, String name) {
        return moto.aws(server, "s3api", "put-object", "--bucket", "team-artifacts", "--key", name)
                .status();
    }

    private static void nothingIsLeftToChange(Workspace workspace) {
        Command.Result plan = workspace.run(workspace.example(), "plan", "-detailed-exitcode");
        assertThat(plan.status()).as(plan.all()).isZero();
    }

    private static void emptyAllVersions(Moto moto) {
        Command.of(Repository.tool("python").toString(), "-c", """
                        import boto3
                        boto3.resource('s3').Bucket('team-artifacts').object_versions.delete()
                        """)
                .env(moto.environment())
                .succeed();
    }
}
