package io.github.mlflowauth.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlflowauth.AuthMlflowClient;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.ViewType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code experiments list} and {@code experiments search}. */
@Command(
        name = "experiments",
        description = "Lists or searches experiments.",
        subcommands = {ExperimentsCommand.ListAll.class, ExperimentsCommand.Search.class})
final class ExperimentsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: list or search.");
    }

    /** All active experiments. */
    @Command(
            name = "list",
            description = "Lists the active experiments, the newest first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mlflow-auth experiments list --tracking-uri https://mlflow.example.com --user ada",
                "  mlflow-auth experiments list --json | jq -r '.experiments[].name'"
            })
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Mixin
        private Output output;

        @Mixin
        private Limit limit;

        @Override
        public Integer call() {
            try (AuthMlflowClient client = server.open()) {
                print(output, limit, new Pages(client).experiments(null, ViewType.ACTIVE_ONLY, List.of(), limit.max()));
            }
            return ExitCode.OK;
        }
    }

    /** Experiments that match a filter. */
    @Command(
            name = "search",
            description = "Searches experiments with MLflow's filter language.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mlflow-auth experiments search --filter \"name LIKE 'churn-%%'\"",
                "  mlflow-auth experiments search --filter \"tags.team = 'risk'\" --order-by 'name ASC'",
                "  mlflow-auth experiments search --view DELETED_ONLY"
            })
    static final class Search implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Mixin
        private Output output;

        @Mixin
        private Limit limit;

        @Option(names = "--filter", paramLabel = "FILTER", description = "MLflow's filter; without it, all.")
        private @Nullable String filter;

        @Option(
                names = "--order-by",
                paramLabel = "CLAUSE",
                description = "Such as 'name ASC' or 'last_update_time DESC'; may be given several times.")
        private List<String> orderBy = List.of();

        @Option(
                names = "--view",
                paramLabel = "VIEW",
                defaultValue = "ACTIVE_ONLY",
                description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
        private ViewType view;

        @Override
        public Integer call() {
            try (AuthMlflowClient client = server.open()) {
                print(output, limit, new Pages(client).experiments(filter, view, orderBy, limit.max()));
            }
            return ExitCode.OK;
        }
    }

    private static void print(Output output, Limit limit, Found<Experiment> found) {
        if (output.isJson()) {
            output.print(json(found));
            return;
        }
        Table table = new Table("ID", "NAME", "STAGE", "LAST UPDATE");
        for (Experiment experiment : found.items()) {
            table.row(
                    experiment.getExperimentId(),
                    experiment.getName(),
                    experiment.getLifecycleStage(),
                    Timestamps.iso(experiment.getLastUpdateTime()));
        }
        output.print(table);
        limit.note(found);
    }

    private static ObjectNode json(Found<Experiment> found) {
        ObjectNode root = Output.object();
        ArrayNode experiments = root.putArray("experiments");
        for (Experiment experiment : found.items()) {
            ObjectNode node = experiments.addObject();
            node.put("experiment_id", experiment.getExperimentId());
            node.put("name", experiment.getName());
            node.put("lifecycle_stage", experiment.getLifecycleStage());
            node.put("artifact_location", experiment.getArtifactLocation());
            node.put("creation_time", Timestamps.iso(experiment.getCreationTime()));
            node.put("last_update_time", Timestamps.iso(experiment.getLastUpdateTime()));
            ObjectNode tags = node.putObject("tags");
            experiment.getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        }
        root.put("more", found.hasMore());
        return root;
    }
}
