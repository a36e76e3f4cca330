package io.github.mlflowauth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;

/** Runs as a table and as JSON. */
final class RunViews {
    private static final int METRICS_IN_TABLE = 4;

    private RunViews() {}

    static Table table(Found<Run> runs) {
        Table table = new Table("RUN ID", "NAME", "STATUS", "STARTED", "METRICS");
        for (Run run : runs.items()) {
            RunInfo info = run.getInfo();
            table.row(
                    info.getRunId(),
                    info.getRunName(),
                    info.getStatus().name(),
                    Timestamps.iso(info.getStartTime()),
                    metrics(run));
        }
        return table;
    }

    private static String metrics(Run run) {
        String shown = run.getData().getMetricsList().stream()
                .sorted(Comparator.comparing(Metric::getKey))
                .limit(METRICS_IN_TABLE)
                .map(metric -> String.format(Locale.ROOT, "%s=%.4g", metric.getKey(), metric.getValue()))
                .collect(Collectors.joining(" "));
        return run.getData().getMetricsCount() > METRICS_IN_TABLE ? shown + " …" : shown;
    }

    static ObjectNode json(Found<Run> runs) {
        ObjectNode root = Output.object();
        ArrayNode array = root.putArray("runs");
        for (Run run : runs.items()) {
            RunInfo info = run.getInfo();
            ObjectNode node = array.addObject();
            node.put("run_id", info.getRunId());
            node.put("run_name", info.getRunName());
            node.put("experiment_id", info.getExperimentId());
            node.put("status", info.getStatus().name());
            node.put("start_time", Timestamps.iso(info.getStartTime()));
            node.put("end_time", Timestamps.iso(info.getEndTime()));
            node.put("artifact_uri", info.getArtifactUri());
            ObjectNode metrics = node.putObject("metrics");
            run.getData().getMetricsList().forEach(metric -> put(metrics, metric));
            ObjectNode params = node.putObject("params");
            run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
            ObjectNode tags = node.putObject("tags");
            run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        }
        root.put("more", runs.hasMore());
        return root;
    }

    /** JSON has no NaN and no infinity: they are the texts that MLflow uses. */
    private static void put(ObjectNode metrics, Metric metric) {
        double value = metric.getValue();
        if (Double.isFinite(value)) {
            metrics.put(metric.getKey(), value);
        } else {
            metrics.put(metric.getKey(), Double.toString(value));
        }
    }
}
