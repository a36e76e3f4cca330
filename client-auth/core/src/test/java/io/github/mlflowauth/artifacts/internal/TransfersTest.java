package io.github.mlflowauth.artifacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories to and from a {@code file:} root. */
class TransfersTest {
    @TempDir
    Path root;

    @TempDir
    Path local;

    private Transfers transfers;

    @BeforeEach
    void openRoot() {
        transfers = new Transfers(new FileStore(root));
    }

    @Test
    void aFileGoesUpUnderItsOwnNameAndComesDown() throws IOException {
        Path file = Files.writeString(local.resolve("model.bin"), "weights");
        transfers.uploadFile(file, null);
        transfers.uploadFile(file, "deep/er/");
        assertThat(root.resolve("model.bin")).hasContent("weights");
        assertThat(root.resolve("deep/er/model.bin")).hasContent("weights");
        Path down = transfers.downloadToNewDirectory("deep/er/model.bin", local);
        assertThat(down).hasContent("weights").hasFileName("model.bin");
    }

    @Test
    void aDirectoryGoesUpAndComesDownWhole() throws IOException {
        Path tree = Files.createDirectories(local.resolve("tree/sub"));
        Files.writeString(tree.resolve("b.txt"), "b");
        Files.writeString(local.resolve("tree/a.txt"), "");
        transfers.uploadDirectory(local.resolve("tree"), "copy");
        assertThat(new FileStore(root).list("copy"))
                .extracting(ArtifactEntry::name)
                .containsExactly("a.txt", "sub");
        Path down = transfers.downloadToNewDirectory(null, local);
        assertThat(down.resolve("copy/a.txt")).isEmptyFile();
        assertThat(down.resolve("copy/sub/b.txt")).hasContent("b");
    }

    @Test
    void aDownloadThatFailsLeavesNothing() throws IOException {
        Files.writeString(root.resolve("good.txt"), "good");
        Transfers failing = new Transfers(new HalfBrokenStore(new FileStore(root)));
        assertThatThrownBy(() -> failing.downloadToNewDirectory("", local)).hasMessage("broken on purpose");
        assertThatThrownBy(() -> failing.downloadToNewDirectory("missing", local))
                .hasMessageContaining("There is no artifact 'missing'");
        try (Stream<Path> left = Files.list(local)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatIsNotThereIsNotUploaded() {
        assertThatThrownBy(() -> transfers.uploadFile(local.resolve("nope"), null))
                .hasMessageContaining("it is not a file");
        assertThatThrownBy(() -> transfers.uploadDirectory(local.resolve("nope"), null))
                .hasMessageContaining("it is not a directory");
    }

    /** Gives the first artifact and breaks at the second. */
    private static final class HalfBrokenStore implements ArtifactStore {
        private final ArtifactStore real;

        HalfBrokenStore(ArtifactStore real) {
            this.real = real;
        }

        @Override
        public void upload(Path file, String path) throws IOException {
            real.upload(file, path);
        }

        @Override
        public List<ArtifactEntry> list(String directory) {
            return List.of(new ArtifactEntry("good.txt", false), new ArtifactEntry("lost.txt", false));
        }

        @Override
        public void download(String path, Path target) throws IOException {
            if (path.equals("lost.txt")) {
                throw new IOException("broken on purpose");
            }
            real.download(path, target);
        }
    }
}
