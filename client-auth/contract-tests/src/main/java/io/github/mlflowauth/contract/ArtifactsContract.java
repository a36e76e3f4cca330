package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.tracking.MlflowClientException;

/** Artifacts: up and down, one file, a directory, everything, byte for byte. */
public interface ArtifactsContract extends ContractSubject {

    @Test
    default void aFileGoesUpAndComesDownByteForByte(@TempDir Path dir) throws IOException {
        String runId = newRun();
        byte[] content = FileTrees.randomBytes(5_000_003);
        Path file = FileTrees.write(dir.resolve("model.bin"), content);

        client().logArtifact(runId, file.toFile());
        client().logArtifact(runId, file.toFile(), "deep/er");

        assertDownload(runId, "model.bin", content);
        assertDownload(runId, "deep/er/model.bin", content);
    }

    @Test
    default void anEmptyFileStaysEmpty(@TempDir Path dir) throws IOException {
        String runId = newRun();

        client().logArtifact(
                        runId,
                        FileTrees.write(dir.resolve("empty.txt"), new byte[0]).toFile());

        assertThat(client().listArtifacts(runId)).extracting(FileInfo::getPath).containsExactly("empty.txt");
        assertDownload(runId, "empty.txt", new byte[0]);
    }

    @Test
    default void aFileIsOverwritten(@TempDir Path dir) throws IOException {
        String runId = newRun();
        Path file = dir.resolve("metrics.csv");

        client().logArtifact(
                        runId, FileTrees.write(file, text("first, and longer")).toFile());
        client().logArtifact(runId, FileTrees.write(file, text("second")).toFile());

        assertDownload(runId, "metrics.csv", text("second"));
    }

    @Test
    default void directoriesGoUpAndComeDownWhole(@TempDir Path dir) {
        String runId = newRun();
        Path local = sampleTree(dir.resolve("model"));

        client().logArtifacts(runId, local.toFile());
        client().logArtifacts(runId, local.toFile(), "copies/second");

        Path everything = client().downloadArtifacts(runId).toPath();
        assertThat(FileTrees.contents(everything.resolve("copies/second"))).isEqualTo(FileTrees.contents(local));
        FileTrees.deleteTree(everything.resolve("copies"));
        assertThat(FileTrees.contents(everything)).isEqualTo(FileTrees.contents(local));
        FileTrees.deleteDownload(everything);
        Path second = client().downloadArtifacts(runId, "copies/second").toPath();
        assertThat(FileTrees.contents(second)).isEqualTo(FileTrees.contents(local));
        FileTrees.deleteDownload(second);
    }

    @Test
    default void listingsShowOneLevelWithSizesAndRunRelativePaths(@TempDir Path dir) {
        String runId = newRun();
        client().logArtifacts(runId, sampleTree(dir.resolve("model")).toFile(), "m");

        assertThat(client().listArtifacts(runId)).singleElement().satisfies(entry -> {
            assertThat(entry.getPath()).isEqualTo("m");
            assertThat(entry.getIsDir()).isTrue();
        });
        assertThat(client().listArtifacts(runId, "m"))
                .extracting(FileInfo::getPath, FileInfo::getIsDir, FileInfo::getFileSize)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("m/MLmodel", false, 10L),
                        org.assertj.core.groups.Tuple.tuple("m/data", true, 0L));
        assertThat(client().listArtifacts(runId, "m/data"))
                .extracting(FileInfo::getPath)
                .containsExactly("m/data/weights.bin");
        assertThat(client().listArtifacts(runId, "not-there")).isEmpty();
    }

    @Test
    default void whatIsNotThereIsAnErrorThatNamesIt(@TempDir Path dir) {
        String runId = newRun();

        assertThatThrownBy(() -> client().downloadArtifacts(runId, "missing/file.bin"))
                .isInstanceOf(MlflowClientException.class)
                .hasMessageContaining("missing/file.bin");
        File absent = dir.resolve("absent.bin").toFile();
        assertThatThrownBy(() -> client().logArtifact(runId, absent))
                .isInstanceOf(MlflowClientException.class)
                .hasMessageContaining("absent.bin");
        assertThatThrownBy(() -> client().logArtifacts(runId, absent))
                .isInstanceOf(MlflowClientException.class)
                .hasMessageContaining("absent.bin");
        assertThat(client().listArtifacts(runId)).isEmpty();
    }

    private void assertDownload(String runId, String path, byte[] expected) throws IOException {
        Path downloaded = client().downloadArtifacts(runId, path).toPath();
        assertThat(downloaded).hasFileName(path.substring(path.lastIndexOf('/') + 1));
        assertThat(Files.readAllBytes(downloaded)).isEqualTo(expected);
        FileTrees.deleteDownload(downloaded);
    }

    private static Path sampleTree(Path root) {
        FileTrees.write(root.resolve("MLmodel"), text("flavors: x"));
        FileTrees.write(root.resolve("data/weights.bin"), FileTrees.randomBytes(70_001));
        return root;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
