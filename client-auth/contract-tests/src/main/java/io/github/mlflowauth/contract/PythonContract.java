package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;

/** MLflow's Python client reads what Java wrote, and the other way round. Takes some seconds. */
public interface PythonContract extends ContractSubject {

    /**
     * Runs a script in a Python that has MLflow, with the server under test and its credentials in the environment.
     *
     * @return what it printed
     * @throws AssertionError if it ends with an error; the text has what it printed
     */
    String python(String script, List<String> arguments);

    @Test
    default void pythonReadsWhatJavaWrote(@TempDir Path dir) {
        Path local = sampleFiles(dir.resolve("local"));
        String runId = newRun();
        client().logParam(runId, "größe", "naïve café 日本語 🚀");
        client().logParam(runId, "empty-ish", " ");
        client().setTag(runId, "заметка", "line one\nline two");
        client().logMetric(runId, "loss", 0.1, 1_700_000_000_123L, -1);
        client().logMetric(runId, "loss", Double.NaN, 1_700_000_000_124L, 0);
        client().logMetric(runId, "loss", Double.POSITIVE_INFINITY, 1_700_000_000_125L, 7);
        client().logArtifacts(runId, local.toFile());
        client().setTerminated(runId);

        String printed = python(script("read_run.py"), List.of(runId, local.toString(), dir.toString()));

        assertThat(printed).contains("read " + runId);
    }

    @Test
    default void javaReadsWhatPythonWrote(@TempDir Path dir) {
        Path local = sampleFiles(dir.resolve("local"));

        String printed = python(script("write_run.py"), List.of(newExperiment(), local.toString()));

        String runId = printed.replaceAll("(?s).*wrote (\\w+).*", "$1");
        Run run = client().getRun(runId);
        assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.KILLED);
        assertThat(run.getData().getParamsList())
                .contains(Param.newBuilder()
                        .setKey("größe")
                        .setValue("naïve café 日本語 🚀")
                        .build());
        assertThat(run.getData().getTagsList())
                .contains(RunTag.newBuilder()
                        .setKey("заметка")
                        .setValue("line one\nline two")
                        .build());
        assertHistory(client().getMetricHistory(runId, "loss"));
        Path everything = client().downloadArtifacts(runId).toPath();
        FileTrees.deleteTree(everything.resolve("one"));
        assertThat(FileTrees.contents(everything)).isEqualTo(FileTrees.contents(local));
        FileTrees.deleteDownload(everything);
    }

    private static void assertHistory(List<Metric> history) {
        List<Metric> inOrder = history.stream()
                .sorted(Comparator.comparingLong(Metric::getStep))
                .toList();
        assertThat(inOrder).extracting(Metric::getStep).containsExactly(-1L, 0L, 7L);
        assertThat(inOrder.get(0).getValue()).isEqualTo(0.1);
        assertThat(inOrder.get(0).getTimestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(inOrder.get(1).getValue()).isNaN();
        assertThat(inOrder.get(2).getValue()).isLessThanOrEqualTo(-Double.MAX_VALUE);
    }

    private static Path sampleFiles(Path root) {
        FileTrees.write(root.resolve("MLmodel"), "flavors: é".getBytes(StandardCharsets.UTF_8));
        FileTrees.write(root.resolve("data/weights.bin"), FileTrees.randomBytes(300_007));
        FileTrees.write(root.resolve("data/naïve 50% & 日本.txt"), new byte[] {0, -1});
        return root;
    }

    private static String script(String name) {
        try (InputStream in = Objects.requireNonNull(PythonContract.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
