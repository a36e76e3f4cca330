package io.github.mlflowauth.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mlflowauth.MlflowResponseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.MlflowHttpException;

/** Runs: create, log params and tags, end, delete, restore. */
public interface RunsContract extends ContractSubject {

    @Test
    default void runsAreCreatedInTheDefaultExperimentOrANamedOne() {
        String experiment = newExperiment();

        RunInfo inDefault = client().createRun();
        RunInfo inNamed = client().createRun(experiment);

        assertThat(inDefault.getExperimentId()).isEqualTo("0");
        assertThat(inNamed.getExperimentId()).isEqualTo(experiment);
        assertThat(client().getRun(inNamed.getRunId()).getInfo().getStatus()).isEqualTo(RunStatus.RUNNING);
        client().deleteRun(inDefault.getRunId());
    }

    @Test
    default void aRunIsCreatedAsItsRequestSays() {
        CreateRun request = CreateRun.newBuilder()
                .setExperimentId(newExperiment())
                .setRunName("named by the request")
                .setStartTime(1_700_000_000_123L)
                .addTags(RunTag.newBuilder().setKey("origin").setValue("request"))
                .build();

        Run run = client().getRun(client().createRun(request).getRunId());

        assertThat(run.getInfo().getRunName()).isEqualTo("named by the request");
        assertThat(run.getInfo().getStartTime()).isEqualTo(1_700_000_000_123L);
        assertThat(tags(run)).containsEntry("origin", "request");
    }

    @Test
    default void paramsAndTagsKeepEveryCharacter() {
        String runId = newRun();

        client().logParam(runId, "größe", "naïve café 日本語 🚀 \"quoted\" \\ back <b>&amp;</b>");
        client().setTag(runId, "заметка", "line one\nline two\ttabbed");

        Run run = client().getRun(runId);
        assertThat(params(run)).containsEntry("größe", "naïve café 日本語 🚀 \"quoted\" \\ back <b>&amp;</b>");
        assertThat(tags(run)).containsEntry("заметка", "line one\nline two\ttabbed");
    }

    @Test
    default void aTagIsOverwrittenAndDeleted() {
        String runId = newRun();
        client().setTag(runId, "stage", "draft");
        client().setTag(runId, "stage", "final");
        client().setTag(runId, "other", "stays");
        assertThat(tags(client().getRun(runId))).containsEntry("stage", "final");

        client().deleteTag(runId, "stage");

        assertThat(tags(client().getRun(runId))).doesNotContainKey("stage").containsEntry("other", "stays");
    }

    @Test
    default void aBatchLogsMetricsParamsAndTagsAtOnce() {
        String runId = newRun();
        Metric loss = Metric.newBuilder()
                .setKey("loss")
                .setValue(0.5)
                .setTimestamp(1_700_000_000_000L)
                .setStep(-3)
                .build();
        Param depth = Param.newBuilder().setKey("depth").setValue("7").build();
        RunTag team = RunTag.newBuilder().setKey("team").setValue("ml").build();

        client().logBatch(runId, List.of(loss), List.of(depth), List.of(team));

        Run run = client().getRun(runId);
        assertThat(run.getData().getMetricsList()).singleElement().satisfies(metric -> {
            assertThat(metric.getKey()).isEqualTo("loss");
            assertThat(metric.getValue()).isEqualTo(0.5);
            assertThat(metric.getTimestamp()).isEqualTo(1_700_000_000_000L);
            assertThat(metric.getStep()).isEqualTo(-3);
        });
        assertThat(params(run)).containsEntry("depth", "7");
        assertThat(tags(run)).containsEntry("team", "ml");
    }

    @Test
    default void aRunEndsAsFinishedFailedOrKilledAtAGivenTime() {
        String finished = newRun();
        String failed = newRun();
        String killed = newRun();

        client().setTerminated(finished);
        client().setTerminated(failed, RunStatus.FAILED);
        client().setTerminated(killed, RunStatus.KILLED, 1_700_000_000_456L);

        assertThat(client().getRun(finished).getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(client().getRun(finished).getInfo().getEndTime()).isPositive();
        assertThat(client().getRun(failed).getInfo().getStatus()).isEqualTo(RunStatus.FAILED);
        RunInfo end = client().getRun(killed).getInfo();
        assertThat(end.getStatus()).isEqualTo(RunStatus.KILLED);
        assertThat(end.getEndTime()).isEqualTo(1_700_000_000_456L);
    }

    @Test
    default void aDeletedRunComesBack() {
        String runId = newRun();

        client().deleteRun(runId);
        assertThat(client().getRun(runId).getInfo().getLifecycleStage()).isEqualTo("deleted");

        client().restoreRun(runId);
        assertThat(client().getRun(runId).getInfo().getLifecycleStage()).isEqualTo("active");
    }

    @Test
    default void aParamThatWouldChangeIsRefusedWithTheServersReason() {
        String runId = newRun();
        client().logParam(runId, "depth", "7");

        MlflowResponseException refused =
                catchThrowableOfType(MlflowResponseException.class, () -> client().logParam(runId, "depth", "8"));

        assertThat(refused).isInstanceOf(MlflowHttpException.class).hasMessageContaining("Changing param values");
        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.errorCode()).contains("INVALID_PARAMETER_VALUE");
        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused.attempts()).isEqualTo(1);
    }

    @Test
    default void aMissingRunIsAnErrorThatNamesIt() {
        String missing = "0123456789abcdef0123456789abcdef";

        assertThatThrownBy(() -> client().getRun(missing))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("GET ")
                .hasMessageContaining(missing)
                .extracting(e -> ((MlflowHttpException) e).getStatusCode())
                .isEqualTo(404);
    }

    private static Map<String, String> params(Run run) {
        return run.getData().getParamsList().stream().collect(toMap(Param::getKey, Param::getValue));
    }

    private static Map<String, String> tags(Run run) {
        return run.getData().getTagsList().stream().collect(toMap(RunTag::getKey, RunTag::getValue));
    }
}
