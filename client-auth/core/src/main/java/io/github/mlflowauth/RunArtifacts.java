package io.github.mlflowauth;

import io.github.mlflowauth.artifacts.internal.ArtifactStores;
import io.github.mlflowauth.artifacts.internal.StoreOnDemand;
import io.github.mlflowauth.artifacts.internal.Transfers;
import io.github.mlflowauth.http.internal.Transport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.api.proto.Service.ListArtifacts;
import org.mlflow_project.google.protobuf.Struct;

/** The artifact methods of the client: finds the store of a run or model version and moves files. */
final class RunArtifacts {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final AuthMlflowClient client;
    private final ArtifactStores stores;

    RunArtifacts(AuthMlflowClient client, Transport transport, List<Path> fileRoots) {
        this.client = client;
        this.stores = new ArtifactStores(transport, fileRoots);
    }

    void upload(String runId, Path local, @Nullable String directory) {
        if (Files.isDirectory(local)) {
            uploadDirectory(runId, local, directory);
        } else {
            with(() -> rootOf(runId), transfers -> {
                transfers.uploadFile(local, directory);
                return local;
            });
        }
    }

    void uploadDirectory(String runId, Path local, @Nullable String directory) {
        with(() -> rootOf(runId), transfers -> {
            transfers.uploadDirectory(local, directory);
            return local;
        });
    }

    /** Asks the server, which can list any root that it can read itself. */
    List<FileInfo> list(String runId, @Nullable String path) {
        String query = "artifacts/list?run_uuid=" + encode(runId) + "&run_id=" + encode(runId)
                + (path == null || path.isEmpty() ? "" : "&path=" + encode(path));
        return ProtoJson.parse(client.sendGet(query), ListArtifacts.Response.newBuilder())
                .build()
                .getFilesList();
    }

    Path download(String runId, @Nullable String path) {
        return downloadBelow(() -> rootOf(runId), path);
    }

    /**
     * @param uri as {@code get-download-uri} answers: an artifact root, {@code runs:/…} or {@code models:/m-…}
     */
    Path downloadFrom(String uri) {
        if (uri.startsWith("runs:/")) {
            String[] runAndPath = uri.substring("runs:/".length()).split("/", 2);
            return downloadBelow(() -> rootOf(runAndPath[0]), runAndPath.length == 2 ? runAndPath[1] : null);
        }
        return downloadBelow(
                () -> uri.startsWith("models:/m-") ? rootOfLoggedModel(uri.substring("models:/".length())) : uri, null);
    }

    private Path downloadBelow(Supplier<String> root, @Nullable String path) {
        return with(root, transfers -> transfers.downloadToNewDirectory(path, TEMPORARY));
    }

    private String rootOf(String runId) {
        return client.getRun(runId).getInfo().getArtifactUri();
    }

    private String rootOfLoggedModel(String modelId) {
        Struct.Builder answer = Struct.newBuilder();
        ProtoJson.parse(client.sendGet("logged-models/" + encode(modelId)), answer);
        return answer.getFieldsOrThrow("model")
                .getStructValue()
                .getFieldsOrThrow("info")
                .getStructValue()
                .getFieldsOrThrow("artifact_uri")
                .getStringValue();
    }

    private <T> T with(Supplier<String> root, Work<T> work) {
        return Failures.translate(() -> work.run(new Transfers(new StoreOnDemand(() -> stores.open(root.get())))));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Transfers transfers) throws IOException;
    }
}
