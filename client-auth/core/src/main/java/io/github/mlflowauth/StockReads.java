package io.github.mlflowauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.GetExperiment;
import org.mlflow.api.proto.Service.GetExperimentByName;
import org.mlflow.api.proto.Service.GetMetricHistory;
import org.mlflow.api.proto.Service.GetRun;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;

/** The reads that the stock client sends past its own public {@code sendGet}. */
final class StockReads {
    private static final int METRICS_PER_PAGE = 25_000;

    private final UnaryOperator<String> get;

    StockReads(UnaryOperator<String> get) {
        this.get = get;
    }

    Run run(String runId) {
        String id = encode(runId);
        String json = get.apply("runs/get?run_uuid=" + id + "&run_id=" + id);
        return ProtoJson.parse(json, GetRun.Response.newBuilder()).getRun();
    }

    List<Metric> metricHistory(String runId, String key) {
        String id = encode(runId);
        String first = "metrics/get-history?run_uuid=" + id + "&run_id=" + id + "&metric_key=" + encode(key)
                + "&max_results=" + METRICS_PER_PAGE;
        List<Metric> metrics = new ArrayList<>();
        String token = "";
        do {
            String path = token.isEmpty() ? first : first + "&page_token=" + encode(token);
            GetMetricHistory.Response.Builder page = GetMetricHistory.Response.newBuilder();
            ProtoJson.parse(get.apply(path), page);
            metrics.addAll(page.getMetricsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return Collections.unmodifiableList(metrics);
    }

    Experiment experiment(String experimentId) {
        String json = get.apply("experiments/get?experiment_id=" + encode(experimentId));
        return ProtoJson.parse(json, GetExperiment.Response.newBuilder()).getExperiment();
    }

    Optional<Experiment> experimentByName(String name) {
        try {
            String json = get.apply("experiments/get-by-name?experiment_name=" + encode(name));
            return Optional.of(ProtoJson.parse(json, GetExperimentByName.Response.newBuilder())
                    .getExperiment());
        } catch (MlflowResponseException e) {
            if (e.getStatusCode() == 404
                    && e.errorCode().filter("RESOURCE_DOES_NOT_EXIST"::equals).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
