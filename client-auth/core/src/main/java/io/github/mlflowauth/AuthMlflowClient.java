package io.github.mlflowauth;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.github.mlflowauth.http.internal.HttpCall;
import io.github.mlflowauth.http.internal.Transport;
import java.io.File;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.DeleteExperiment;
import org.mlflow.api.proto.Service.DeleteRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.RestoreExperiment;
import org.mlflow.api.proto.Service.RestoreRun;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.UpdateExperiment;
import org.mlflow.tracking.MlflowClient;

/**
 * An {@link MlflowClient} whose every byte goes through this library's transport: credentials that refresh themselves,
 * bounded waits, retries only where they do no harm, artifacts without Python. Made by {@link MlflowClients}.
 *
 * <p>Safe for use by many threads. {@link #close} gives the shared connections back; other clients go on. Calls fail
 * with {@link MlflowResponseException} or {@link MlflowRequestException}, which say what to do next and give the facts
 * as methods of {@link MlflowFailure}.
 *
 * <p>It is not serializable: its credentials must not travel. Make it where it is used.
 */
@DefaultSerializer(JavaSerializer.class)
public final class AuthMlflowClient extends MlflowClient {
    private static final long serialVersionUID = 1L;
    private static final String API = "/api/2.0/mlflow/";

    private final transient ClientSettings settings;
    private final transient Transport transport;
    private final transient StockReads reads;
    private final transient RunArtifacts artifacts;

    AuthMlflowClient(ClientSettings settings, Transport transport) {
        super(new NoStockWay());
        this.settings = settings;
        this.transport = transport;
        this.reads = new StockReads(this::sendGet);
        this.artifacts = new RunArtifacts(this, transport, settings.fileArtifactRoots());
    }

    /** The tracking server's base URI, without userinfo and without a slash at the end. */
    public URI trackingUri() {
        return settings.trackingUri();
    }

    /**
     * Reaches any endpoint of the server, also those that the stock client has no method for.
     *
     * @param method {@code GET}, {@code POST}, {@code PATCH}, {@code PUT} or {@code DELETE}
     * @param path from the server's base when it starts with a slash ({@code /api/3.0/mlflow/server-info}), else below
     *     {@code /api/2.0/mlflow/}; percent-encoded, with its query if any
     * @param json the body, or null for none
     * @return the answer's JSON text; {@code {}} when the answer is empty
     */
    public String request(String method, String path, @Nullable String json) {
        HttpCall call = HttpCall.api(method, path.startsWith("/") ? path : API + path, json);
        return Failures.translate(() -> transport.json(call));
    }

    @Override
    public String sendGet(String path) {
        return request("GET", path, null);
    }

    @Override
    public String sendPost(String path, String json) {
        return request("POST", path, json);
    }

    @Override
    public String sendPatch(String path, String json) {
        return request("PATCH", path, json);
    }

    @Override
    public Run getRun(String runId) {
        return reads.run(runId);
    }

    /** The whole history of one metric, however many pages it takes; an unmodifiable list. */
    @Override
    public List<Metric> getMetricHistory(String runId, String key) {
        return reads.metricHistory(runId, key);
    }

    @Override
    public Experiment getExperiment(String experimentId) {
        return reads.experiment(experimentId);
    }

    @Override
    public Optional<Experiment> getExperimentByName(String experimentName) {
        return reads.experimentByName(experimentName);
    }

    @Override
    public String createExperiment(String experimentName) {
        return createExperiment(
                CreateExperiment.newBuilder().setName(experimentName).build());
    }

    @Override
    public void deleteExperiment(String experimentId) {
        sendPost(
                "experiments/delete",
                ProtoJson.print(DeleteExperiment.newBuilder().setExperimentId(experimentId)));
    }

    @Override
    public void restoreExperiment(String experimentId) {
        sendPost(
                "experiments/restore",
                ProtoJson.print(RestoreExperiment.newBuilder().setExperimentId(experimentId)));
    }

    @Override
    public void renameExperiment(String experimentId, String newName) {
        sendPost(
                "experiments/update",
                ProtoJson.print(UpdateExperiment.newBuilder()
                        .setExperimentId(experimentId)
                        .setNewName(newName)));
    }

    @Override
    public void deleteRun(String runId) {
        sendPost("runs/delete", ProtoJson.print(DeleteRun.newBuilder().setRunId(runId)));
    }

    @Override
    public void restoreRun(String runId) {
        sendPost("runs/restore", ProtoJson.print(RestoreRun.newBuilder().setRunId(runId)));
    }

    @Override
    public void logArtifact(String runId, File localFile) {
        logArtifact(runId, localFile, localFile.isDirectory() ? localFile.getName() : null);
    }

    /**
     * Uploads a file, or a directory with all that is in it.
     *
     * @param artifactPath the directory below the run's artifacts, with {@code /}; null for the root
     */
    @Override
    public void logArtifact(String runId, File localFile, @Nullable String artifactPath) {
        artifacts.upload(runId, localFile.toPath(), artifactPath);
    }

    @Override
    public void logArtifacts(String runId, File localDir) {
        logArtifacts(runId, localDir, null);
    }

    /**
     * Uploads what is in a directory, but not the directory's own name.
     *
     * @param artifactPath the directory below the run's artifacts, with {@code /}; null for the root
     */
    @Override
    public void logArtifacts(String runId, File localDir, @Nullable String artifactPath) {
        artifacts.uploadDirectory(runId, localDir.toPath(), artifactPath);
    }

    @Override
    public List<FileInfo> listArtifacts(String runId) {
        return artifacts.list(runId, null);
    }

    @Override
    public List<FileInfo> listArtifacts(String runId, @Nullable String artifactPath) {
        return artifacts.list(runId, artifactPath);
    }

    @Override
    public File downloadArtifacts(String runId) {
        return downloadArtifacts(runId, null);
    }

    /**
     * Downloads a file or directory into a new temporary directory.
     *
     * @param artifactPath below the run's artifacts; null for all of them
     * @return the local file or directory; the caller deletes it
     */
    @Override
    public File downloadArtifacts(String runId, @Nullable String artifactPath) {
        return artifacts.download(runId, artifactPath).toFile();
    }

    @Override
    public File downloadModelVersion(String modelName, String version) {
        return artifacts
                .downloadFrom(getModelVersionDownloadUri(modelName, version))
                .toFile();
    }

    /** Gives this client's share of the connections back. A second call does nothing. */
    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return "AuthMlflowClient{" + settings.trackingUri() + "}";
    }

    private Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("AuthMlflowClient can't be serialized, because its credentials must not"
                + " travel. Make the client where it is used, for example inside mapPartitions with"
                + " MlflowClients.fromEnvironment().");
    }
}
