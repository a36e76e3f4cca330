package io.github.mlflowauth.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowContext;

/** {@link MlflowContext} and {@link ActiveRun}, the stock client's fluent side, on top of ours. */
public interface FluentContract extends ContractSubject {

    @Test
    default void anActiveRunLogsEverythingThroughTheClient(@TempDir Path dir) {
        Path model = FileTrees.write(dir.resolve("m/model.txt"), new byte[] {1, 2});
        MlflowContext context = new MlflowContext(client()).setExperimentId(newExperiment());
        assertThat(context.getClient()).isSameAs(client());

        ActiveRun active = context.startRun("fluent");
        active.logParam("one", "1");
        active.logParams(Map.of("two", "2", "three", "3"));
        active.setTag("a", "b");
        active.setTags(Map.of("c", "d"));
        active.logMetric("m", 1.5);
        active.logMetric("m", 2.5, 1);
        active.logMetrics(Map.of("n", 3.5));
        active.logMetrics(Map.of("n", 4.5), 1);
        active.logArtifact(model);
        active.logArtifact(model, "one");
        active.logArtifacts(model.getParent());
        active.logArtifacts(model.getParent(), "all");
        active.endRun();

        Run run = client().getRun(active.getId());
        assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.getInfo().getArtifactUri()).isEqualTo(active.getArtifactUri());
        assertThat(run.getData().getParamsList().stream().collect(toMap(Param::getKey, Param::getValue)))
                .isEqualTo(Map.of("one", "1", "two", "2", "three", "3"));
        assertThat(run.getData().getTagsList().stream().collect(toMap(RunTag::getKey, RunTag::getValue)))
                .containsAllEntriesOf(Map.of("a", "b", "c", "d", "mlflow.runName", "fluent"));
        assertThat(run.getData().getMetricsList().stream().collect(toMap(Metric::getKey, Metric::getValue)))
                .isEqualTo(Map.of("m", 2.5, "n", 4.5));
        assertThat(client().listArtifacts(active.getId()))
                .extracting(FileInfo::getPath)
                .containsExactlyInAnyOrder("model.txt", "one", "all");
    }

    @Test
    default void aChildRunNamesItsParent() {
        String name = uniqueName("experiment");
        String experiment = client().createExperiment(name);
        MlflowContext context = new MlflowContext(client()).setExperimentName(name);
        assertThat(context.getExperimentId()).isEqualTo(experiment);

        ActiveRun parent = context.startRun();
        ActiveRun child = context.startRun("child", parent.getId());
        child.endRun(RunStatus.KILLED);
        parent.endRun();

        assertThat(client().getRun(child.getId()).getData().getTagsList())
                .anyMatch(tag -> tag.getKey().equals("mlflow.parentRunId")
                        && tag.getValue().equals(parent.getId()));
        assertThat(client().getRun(child.getId()).getInfo().getStatus()).isEqualTo(RunStatus.KILLED);
    }

    @Test
    default void aBlockThatThrowsLeavesAFailedRun() {
        MlflowContext context = new MlflowContext(client()).setExperimentId(newExperiment());
        List<String> runIds = new ArrayList<>();

        context.withActiveRun(run -> runIds.add(run.getId()));
        context.withActiveRun("bad", run -> {
            runIds.add(run.getId());
            throw new IllegalStateException("the training broke");
        });

        assertThat(runIds)
                .extracting(runId -> client().getRun(runId).getInfo().getStatus())
                .containsExactly(RunStatus.FINISHED, RunStatus.FAILED);
    }

    @Test
    default void anUnknownExperimentNameIsRefused() {
        MlflowContext context = new MlflowContext(client());

        assertThatThrownBy(() -> context.setExperimentName("nobody made this"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody made this");
    }
}
