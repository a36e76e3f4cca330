package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Metric;

/** A history longer than the 25,000 points of one answer. It takes seconds, so it is run for one kind of auth. */
public interface LongHistoryContract extends ContractSubject {

    @Test
    default void aHistoryLongerThanOneAnswerComesWhole() {
        int batches = 26;
        int perBatch = 1_000;
        String runId = newRun();
        for (int batch = 0; batch < batches; batch++) {
            int first = batch * perBatch;
            List<Metric> metrics = IntStream.range(first, first + perBatch)
                    .mapToObj(step -> Metric.newBuilder()
                            .setKey("loss")
                            .setValue(step / 2.0)
                            .setTimestamp(1_700_000_000_000L + step)
                            .setStep(step)
                            .build())
                    .toList();
            client().logBatch(runId, metrics, List.of(), List.of());
        }

        List<Metric> history = client().getMetricHistory(runId, "loss");

        assertThat(history.stream().mapToLong(Metric::getStep).sorted())
                .containsExactlyElementsOf(
                        LongStream.range(0, (long) batches * perBatch).boxed().toList());
        assertThat(history).allMatch(metric -> metric.getValue() == metric.getStep() / 2.0);
    }
}
