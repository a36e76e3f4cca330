package io.github.mlflowauth.artifacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.http.TransportSettings;
import io.github.mlflowauth.http.internal.AuthLayers;
import io.github.mlflowauth.http.internal.ExtraHeaders;
import io.github.mlflowauth.http.internal.Origin;
import io.github.mlflowauth.http.internal.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that a server names is used only where that can't be turned against this machine. */
class ArtifactStoresTest {
    @TempDir
    Path shared;

    @Test
    void aServerElsewhereMayNotNameALocalDirectory() {
        assertThatThrownBy(() -> open("https://mlflow.example.com", List.of(), "file:///etc"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/etc")
                .hasMessageContaining("allowFileArtifacts");
        assertThatThrownBy(() -> open("https://mlflow.example.com", List.of(shared), shared + "/../elsewhere"))
                .hasMessageContaining("allowFileArtifacts");
    }

    @Test
    void anAllowedDirectoryAndAServerOnThisMachineAreUsed() throws IOException {
        assertThat(open(
                        "https://mlflow.example.com",
                        List.of(shared),
                        shared.resolve("0/run").toUri().toString()))
                .isInstanceOf(FileStore.class);
        assertThat(open("http://127.0.0.1:5000", List.of(), shared.toUri().toString()))
                .isInstanceOf(FileStore.class);
    }

    @Test
    void anHttpRootIsUsedOnTheTrackingServerOnly() throws IOException {
        String route = "/api/2.0/mlflow-artifacts/artifacts/0/run";
        assertThat(open("https://mlflow.example.com", List.of(), "https://mlflow.example.com" + route))
                .isInstanceOf(ProxiedStore.class);
        assertThatThrownBy(() -> open("https://mlflow.example.com", List.of(), "https://evil.example.com" + route))
                .hasMessageContaining("another server");
        assertThatThrownBy(() -> open("https://mlflow.example.com", List.of(), "https://mlflow.example.com/else"))
                .hasMessageContaining("no artifact route");
    }

    private static ArtifactStore open(String server, List<Path> allowed, String root) throws IOException {
        try (Transport transport = Transport.open(
                Origin.of(URI.create(server), false, false),
                TransportSettings.builder().build(),
                AuthLayers.of(null, null),
                ExtraHeaders.of("mlflow-java-client/x", null, List.of()))) {
            return new ArtifactStores(transport, allowed).open(root);
        }
    }
}
