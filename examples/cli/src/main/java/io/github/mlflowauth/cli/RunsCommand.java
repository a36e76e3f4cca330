package io.github.mlflowauth.cli;

import io.github.mlflowauth.AuthMlflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code runs list}. */
@Command(name = "runs", description = "Lists runs.", subcommands = RunsCommand.ListRuns.class)
final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: list.");
    }

    /** The runs of some experiments. */
    @Command(
            name = "list",
            description = "Lists runs with their metrics, the newest first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  mlflow-auth runs list --experiment churn",
                "  mlflow-auth runs list --experiment churn --filter 'metrics.auc > 0.9' --order-by 'metrics.auc DESC'",
                "  mlflow-auth runs list --json | jq -r '.runs[] | [.run_id, .metrics.auc] | @tsv'"
            })
    static final class ListRuns implements Callable<Integer> {
        @Mixin
        private ServerOptions server;

        @Mixin
        private Output output;

        @Mixin
        private Limit limit;

        @Option(
                names = "--experiment",
                paramLabel = "NAME",
                description = "Experiment by name; may be given several times. Without one, all active experiments.")
        private List<String> names = List.of();

        @Option(
                names = "--experiment-id",
                paramLabel = "ID",
                description = "Experiment by ID; may be given several times.")
        private List<String> ids = List.of();

        @Option(names = "--filter", paramLabel = "FILTER", description = "MLflow's filter; without it, all.")
        private @Nullable String filter;

        @Option(
                names = "--order-by",
                paramLabel = "CLAUSE",
                description = "Such as 'metrics.auc DESC'; may be given several times.")
        private List<String> orderBy = List.of();

        @Override
        public Integer call() {
            try (AuthMlflowClient client = server.open()) {
                Pages pages = new Pages(client);
                Found<Run> runs = pages.runs(experiments(client, pages), filter, orderBy, limit.max());
                print(runs);
            }
            return ExitCode.OK;
        }

        private List<String> experiments(AuthMlflowClient client, Pages pages) {
            List<String> wanted = new ArrayList<>(ids);
            names.forEach(name -> wanted.add(idOf(client, name)));
            return wanted.isEmpty() ? pages.idsOfAllExperiments() : wanted;
        }

        private static String idOf(AuthMlflowClient client, String name) {
            return client.getExperimentByName(name)
                    .map(Experiment::getExperimentId)
                    .orElseThrow(() -> new NoSuchExperimentException(name));
        }

        private void print(Found<Run> runs) {
            if (output.isJson()) {
                output.print(RunViews.json(runs));
            } else {
                output.print(RunViews.table(runs));
                limit.note(runs);
            }
        }
    }
}
