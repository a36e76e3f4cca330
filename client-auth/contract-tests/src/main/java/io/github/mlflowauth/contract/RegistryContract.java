package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.ModelVersionsPage;

/** The model registry: reads by method, everything else by {@code request}, files of a version. */
public interface RegistryContract extends ContractSubject {

    @Test
    default void aModelVersionIsMadeReadAndDownloaded(@TempDir Path dir) {
        FileTrees.write(dir.resolve("MLmodel"), FileTrees.randomBytes(301));
        FileTrees.write(dir.resolve("data/weights.bin"), FileTrees.randomBytes(40_000));
        String name = newModel();
        String version = newVersion(name, dir);

        assertThat(client().getRegisteredModel(name).getName()).isEqualTo(name);
        ModelVersion read = client().getModelVersion(name, version);
        assertThat(read.getVersion()).isEqualTo("1");
        assertThat(read.getCurrentStage()).isEqualTo("None");
        assertThat(client().getModelVersionDownloadUri(name, version)).endsWith("/artifacts/model");
        assertDownloaded(client().downloadModelVersion(name, version).toPath(), dir);
        assertDownloaded(client().downloadLatestModelVersion(name, "None").toPath(), dir);
    }

    @Test
    default void theLatestVersionsAreFoundWithAndWithoutAStage(@TempDir Path dir) {
        String name = newModel();
        FileTrees.write(dir.resolve("MLmodel"), new byte[] {1});
        newVersion(name, dir);
        newVersion(name, dir);

        assertThat(client().getLatestVersions(name))
                .extracting(ModelVersion::getVersion)
                .containsExactly("2");
        assertThat(client().getLatestVersions(name, List.of("None")))
                .extracting(ModelVersion::getVersion)
                .containsExactly("2");
        assertThat(client().getLatestVersions(name, List.of("Production"))).isEmpty();
    }

    @Test
    default void modelVersionsComeInPagesThatLeadToOneAnother(@TempDir Path dir) {
        String name = newModel();
        FileTrees.write(dir.resolve("MLmodel"), new byte[] {1});
        for (int i = 0; i < 3; i++) {
            newVersion(name, dir);
        }
        String filter = "name = '" + name + "'";
        List<String> orderBy = List.of("version_number ASC");

        ModelVersionsPage first = client().searchModelVersions(filter, 2, orderBy);

        assertThat(first.getPageSize()).isEqualTo(2);
        assertThat(Pages.walk(first)).extracting(ModelVersion::getVersion).containsExactly("1", "2", "3");
        ModelVersionsPage second = client().searchModelVersions(
                        filter, 2, orderBy, first.getNextPageToken().orElseThrow());
        assertThat(second.getItems()).extracting(ModelVersion::getVersion).containsExactly("3");
        assertThat(client().searchModelVersions(filter).getItems()).hasSize(3);
        assertThat(client().searchModelVersions().getItems())
                .extracting(ModelVersion::getName)
                .contains(name);
    }

    @Test
    default void anAliasIsSetReadAndDeletedWithAJsonBody(@TempDir Path dir) {
        String name = newModel();
        FileTrees.write(dir.resolve("MLmodel"), new byte[] {1});
        newVersion(name, dir);
        String alias = "{\"name\":\"" + name + "\",\"alias\":\"champion\"";
        String read = "registered-models/alias?name=" + name + "&alias=champion";

        client().request("POST", "registered-models/alias", alias + ",\"version\":\"1\"}");
        assertThat(client().request("GET", read, null)).contains("\"version\": \"1\"");

        client().request("DELETE", "registered-models/alias", alias + "}");
        assertThatThrownBy(() -> client().request("GET", read, null))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("champion");
    }

    @Test
    default void aMissingModelIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> client().getRegisteredModel("never-registered"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("never-registered");
    }

    private String newModel() {
        String name = uniqueName("model");
        client().request("POST", "registered-models/create", "{\"name\":\"" + name + "\"}");
        return name;
    }

    /** Logs a directory as the artifact {@code model} of a new run, and registers it. */
    private String newVersion(String name, Path local) {
        String runId = newRun();
        client().logArtifacts(runId, local.toFile(), "model");
        String source = client().getRun(runId).getInfo().getArtifactUri() + "/model";
        String made = client().request(
                        "POST",
                        "model-versions/create",
                        "{\"name\":\"" + name + "\",\"source\":\"" + source + "\",\"run_id\":\"" + runId + "\"}");
        return made.replaceAll("(?s).*\"version\":\\s*\"(\\d+)\".*", "$1");
    }

    private static void assertDownloaded(Path downloaded, Path expected) {
        assertThat(FileTrees.contents(downloaded)).isEqualTo(FileTrees.contents(expected));
        FileTrees.deleteDownload(downloaded);
    }
}
