package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ExperimentsPage;
import org.mlflow.tracking.RunsPage;

/** Searches of runs and experiments, and their pages. */
public interface SearchContract extends ContractSubject {

    @Test
    default void runsAreListedAndFilteredWithinAnExperiment() {
        String experiment = newExperiment();
        String match = client().createRun(experiment).getRunId();
        String other = client().createRun(experiment).getRunId();
        String deleted = client().createRun(experiment).getRunId();
        client().logParam(match, "kind", "wanted");
        client().deleteRun(deleted);

        assertThat(client().listRunInfos(experiment))
                .extracting(RunInfo::getRunId)
                .containsExactlyInAnyOrder(match, other);
        assertThat(client().searchRuns(List.of(experiment), "params.kind = 'wanted'"))
                .extracting(RunInfo::getRunId)
                .containsExactly(match);
        assertThat(client().searchRuns(List.of(experiment), "", ViewType.DELETED_ONLY))
                .extracting(RunInfo::getRunId)
                .containsExactly(deleted);
        assertThat(client().searchRuns(List.of(experiment), "", ViewType.ALL, 10)
                        .getItems())
                .hasSize(3);
    }

    @Test
    default void runsComeInPagesThatLeadToOneAnother() {
        String experiment = newExperiment();
        List<String> inOrder = IntStream.range(0, 5)
                .mapToObj(i -> {
                    String runId = client().createRun(experiment).getRunId();
                    client().logMetric(runId, "rank", i);
                    return runId;
                })
                .toList();
        List<String> orderBy = List.of("metrics.rank DESC");

        RunsPage first = client().searchRuns(List.of(experiment), "", ViewType.ACTIVE_ONLY, 2, orderBy);

        assertThat(first.getPageSize()).isEqualTo(2);
        assertThat(first.getNextPageToken()).isPresent();
        RunsPage second = client().searchRuns(
                        List.of(experiment),
                        "",
                        ViewType.ACTIVE_ONLY,
                        2,
                        orderBy,
                        first.getNextPageToken().orElseThrow());
        assertThat(second.getItems()).isEqualTo(first.getNextPage().getItems());
        assertThat(Pages.walk(first))
                .extracting(run -> run.getInfo().getRunId())
                .containsExactly(inOrder.get(4), inOrder.get(3), inOrder.get(2), inOrder.get(1), inOrder.get(0));
    }

    @Test
    default void experimentsComeInPagesThatLeadToOneAnother() {
        String common = uniqueName("paged");
        IntStream.range(0, 3).forEach(i -> client().createExperiment(common + "-" + i));
        String filter = "name LIKE '" + common + "%'";
        List<String> orderBy = List.of("name ASC");

        ExperimentsPage first = client().searchExperiments(filter, ViewType.ACTIVE_ONLY, 2, orderBy);

        assertThat(Pages.walk(first))
                .extracting(Experiment::getName)
                .containsExactly(common + "-0", common + "-1", common + "-2");
        ExperimentsPage second = client().searchExperiments(
                        filter,
                        ViewType.ACTIVE_ONLY,
                        2,
                        orderBy,
                        first.getNextPageToken().orElseThrow());
        assertThat(second.getItems()).extracting(Experiment::getName).containsExactly(common + "-2");
        assertThat(second.hasNextPage()).isFalse();
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(client().searchExperiments(filter).getItems()).hasSize(3);
        assertThat(client().searchExperiments().getItems())
                .extracting(Experiment::getName)
                .contains(common + "-2");
    }
}
