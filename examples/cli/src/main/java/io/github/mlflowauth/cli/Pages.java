package io.github.mlflowauth.cli;

import io.github.mlflowauth.AuthMlflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.Page;

/** Searches that turn the server's pages into one list, up to a limit. */
final class Pages {
    /** The most that MLflow gives in one page of experiments and of runs alike. */
    private static final int MAX_PAGE = 1000;

    private final AuthMlflowClient client;

    Pages(AuthMlflowClient client) {
        this.client = client;
    }

    Found<Experiment> experiments(@Nullable String filter, ViewType view, List<String> orderBy, int max) {
        int size = Math.min(max, MAX_PAGE);
        return upTo(max, client.searchExperiments(filter == null ? "" : filter, view, size, orderBy));
    }

    List<String> idsOfAllExperiments() {
        return experiments(null, ViewType.ACTIVE_ONLY, List.of(), Integer.MAX_VALUE).items().stream()
                .map(Experiment::getExperimentId)
                .collect(Collectors.toList());
    }

    Found<Run> runs(List<String> experimentIds, @Nullable String filter, List<String> orderBy, int max) {
        int size = Math.min(max, MAX_PAGE);
        return upTo(
                max,
                client.searchRuns(experimentIds, filter == null ? "" : filter, ViewType.ACTIVE_ONLY, size, orderBy));
    }

    private static <T> Found<T> upTo(int max, Page<T> first) {
        List<T> items = new ArrayList<>();
        Page<T> page = first;
        while (true) {
            for (T item : page.getItems()) {
                if (items.size() == max) {
                    return new Found<>(items, true);
                }
                items.add(item);
            }
            if (!page.hasNextPage() || items.size() == max) {
                return new Found<>(items, page.hasNextPage());
            }
            page = page.getNextPage();
        }
    }
}
