package io.github.mlflowauth.trainingjob;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains on a CSV file and logs to the MLflow server that the environment names. */
@Command(
        name = "training-job",
        mixinStandardHelpOptions = true,
        description = "Trains an XGBoost classifier and logs parameters, metrics, model and feature importance to the"
                + " MLflow server that MLFLOW_TRACKING_URI and its relatives name.",
        footerHeading = "%nExample:%n",
        footer = {
            "  export MLFLOW_TRACKING_URI=https://mlflow.example.com MLFLOW_TRACKING_USERNAME=ada",
            "  read -rs MLFLOW_TRACKING_PASSWORD && export MLFLOW_TRACKING_PASSWORD",
            "  java -jar examples/training-job/target/training-job.jar --rounds 50"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:training or logging failed", "2:wrong usage or settings"})
public final class TrainingJob implements Callable<Integer> {
    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            defaultValue = "machine-failures",
            description = "Made if it isn't there. Default: ${DEFAULT-VALUE}.")
    private String experiment;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Trees. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--data",
            paramLabel = "CSV",
            description = "Header, then numbers; the last column is the label, 0 or 1. Default: a made-up data set.")
    private @Nullable Path data;

    TrainingJob() {}

    /** Runs the job and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(new TrainingJob())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    System.err.println("training-job: " + e.getMessage());
                    return e instanceof IllegalArgumentException ? 2 : 1;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws Exception {
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds must be at least 1.");
        }
        DataSet rows = read();
        try (AuthMlflowClient client = MlflowClients.fromEnvironment()) {
            String runId = new LoggedTraining(client, experiment, rounds).run(rows);
            System.out.println(
                    "Logged run " + runId + " to experiment '" + experiment + "' at " + client.trackingUri());
        }
        return 0;
    }

    private DataSet read() throws IOException {
        return DataSet.parse(data == null ? shipped() : lines(data));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--data " + file + " can't be read as UTF-8 text ("
                            + e.getClass().getSimpleName() + "): check its name and permissions.",
                    e);
        }
    }

    static List<String> shipped() throws IOException {
        try (InputStream in = TrainingJob.class.getResourceAsStream("machines.csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
