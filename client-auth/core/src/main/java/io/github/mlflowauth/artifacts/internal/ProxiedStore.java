package io.github.mlflowauth.artifacts.internal;

import io.github.mlflowauth.http.internal.HttpCall;
import io.github.mlflowauth.http.internal.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.api.proto.Service.ListArtifacts;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** Artifacts that the tracking server itself stores and hands out ({@code mlflow-artifacts:}). */
final class ProxiedStore implements ArtifactStore {
    static final String ROUTE = "/api/2.0/mlflow-artifacts/artifacts";

    private final Transport transport;
    private final String root;

    /**
     * @param root path below the server's artifact root, without slashes at its ends
     */
    ProxiedStore(Transport transport, String root) {
        this.transport = transport;
        this.root = root;
    }

    @Override
    public void upload(Path file, String path) throws IOException {
        transport.call(HttpCall.bulk("PUT", route(path), new FileBody(file)), (head, body) -> body.readAllBytes());
    }

    @Override
    public List<ArtifactEntry> list(String directory) throws IOException {
        String full = ArtifactPath.join(root, ArtifactPath.check(directory));
        String json = transport.json(HttpCall.api("GET", ROUTE + "?path=" + ArtifactPath.encode(full), null));
        ListArtifacts.Response.Builder listing = ListArtifacts.Response.newBuilder();
        JsonFormat.parser().ignoringUnknownFields().merge(json, listing);
        List<ArtifactEntry> entries = new ArrayList<>();
        for (FileInfo file : listing.getFilesList()) {
            entries.add(new ArtifactEntry(ArtifactPath.checkListedName(file.getPath()), file.getIsDir()));
        }
        return entries;
    }

    @Override
    public void download(String path, Path target) throws IOException {
        transport.call(HttpCall.bulk("GET", route(path), null), (head, body) -> {
            WholeFile.write(body, target);
            return target;
        });
    }

    private String route(String path) {
        return ROUTE + "/" + ArtifactPath.encode(ArtifactPath.join(root, ArtifactPath.check(path)));
    }
}
