package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.FileInfo;

/** Artifact names: odd ones arrive as they are, and those that the server would change are refused. */
public interface ArtifactNamesContract extends ContractSubject {
    List<String> ODD_NAMES = List.of(
            "a b.txt",
            "a+b&c=d;e.txt",
            "it's \"quoted\".txt",
            "[list] (1) {2}.txt",
            "wild*card|pipe.txt",
            "question?mark.txt",
            "50% sure.txt",
            "...dots.txt",
            "~tilde^hat`tick.txt",
            "at@comma,colon:.txt",
            "naïve-日本語-🚀.txt",
            "back\\slash.txt");

    @Test
    default void oddNamesArriveAsTheyAre(@TempDir Path dir) {
        String runId = newRun();
        for (String name : ODD_NAMES) {
            FileTrees.write(dir.resolve("odd dir é").resolve(name), name.getBytes(StandardCharsets.UTF_8));
        }

        client().logArtifacts(runId, dir.toFile());

        assertThat(client().listArtifacts(runId, "odd dir é"))
                .extracting(FileInfo::getPath)
                .containsExactlyInAnyOrderElementsOf(
                        ODD_NAMES.stream().map(name -> "odd dir é/" + name).toList());
        Path everything = client().downloadArtifacts(runId).toPath();
        assertThat(FileTrees.contents(everything)).isEqualTo(FileTrees.contents(dir));
        FileTrees.deleteDownload(everything);
    }

    @Test
    default void namesThatTheServerWouldChangeAreRefusedBeforeAnythingIsSent(@TempDir Path dir) {
        String runId = newRun();
        for (String name : List.of("tag#1.txt", "code%41.txt", "slash%2Fslash.txt", "end?", "tab\tname.txt")) {
            Path local = dir.resolve("local-" + Integer.toHexString(name.hashCode()));
            FileTrees.write(local.resolve("a-good-one.txt"), new byte[] {1});
            Path bad = FileTrees.write(local.resolve(name), new byte[] {2});

            assertThatThrownBy(() -> client().logArtifact(runId, bad.toFile()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("artifact path");
            assertThatThrownBy(() -> client().logArtifacts(runId, local.toFile()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(client().listArtifacts(runId)).isEmpty();
    }

    @Test
    default void pathsThatLeadElsewhereAreRefused(@TempDir Path dir) {
        String runId = newRun();
        Path file = FileTrees.write(dir.resolve("file.txt"), new byte[] {1});

        for (String path : List.of("..", "a/../b", "/etc", "a//b", "./a", "C:/x")) {
            assertThatThrownBy(() -> client().logArtifact(runId, file.toFile(), path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + path);
            assertThatThrownBy(() -> client().downloadArtifacts(runId, path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + path);
        }
        assertThat(client().listArtifacts(runId)).isEmpty();
    }
}
