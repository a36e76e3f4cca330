package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.Metric;

/** Metrics: single values, series, and the numbers that JSON has no sign for. */
public interface MetricsContract extends ContractSubject {

    @Test
    default void aMetricIsLoggedNowOrAtAGivenTimeAndStep() {
        String runId = newRun();
        long before = System.currentTimeMillis();

        client().logMetric(runId, "auc", 0.75);
        client().logMetric(runId, "auc", 0.875, 1_700_000_000_789L, 12);

        List<Metric> history = client().getMetricHistory(runId, "auc");
        assertThat(history).hasSize(2);
        Metric now = only(history, 0.75);
        assertThat(now.getTimestamp()).isBetween(before, System.currentTimeMillis());
        assertThat(now.getStep()).isZero();
        Metric given = only(history, 0.875);
        assertThat(given.getTimestamp()).isEqualTo(1_700_000_000_789L);
        assertThat(given.getStep()).isEqualTo(12);
    }

    @Test
    default void notANumberAndTheInfinitiesArrive() {
        String runId = newRun();

        client().logMetric(runId, "nan", Double.NaN, 1, 0);
        client().logMetric(runId, "up", Double.POSITIVE_INFINITY, 1, 0);
        client().logMetric(runId, "down", Double.NEGATIVE_INFINITY, 1, 0);

        assertThat(client().getMetricHistory(runId, "nan"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.getValue()).isNaN());
        // A server on an SQL store keeps the infinities as the largest doubles.
        assertThat(client().getMetricHistory(runId, "up"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.getValue()).isGreaterThanOrEqualTo(Double.MAX_VALUE));
        assertThat(client().getMetricHistory(runId, "down"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.getValue()).isLessThanOrEqualTo(-Double.MAX_VALUE));
    }

    @Test
    default void aNotANumberInABatchCostsNothingThatComesAfterIt() {
        String runId = newRun();

        client().logBatch(
                        runId,
                        List.of(metric("a", Double.NaN, 1), metric("a", 2.0, 2), metric("b", 3.0, 3)),
                        List.of(),
                        List.of());

        assertThat(client().getMetricHistory(runId, "a"))
                .extracting(Metric::getStep)
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(client().getMetricHistory(runId, "b"))
                .extracting(Metric::getValue)
                .containsExactly(3.0);
    }

    @Test
    default void doublesArriveToTheLastBit() {
        String runId = newRun();
        double[] values = {
            0.1, 1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, -2.5, 1e-300, Math.PI, 9_007_199_254_740_991.0
        };

        client().logBatch(
                        runId,
                        IntStream.range(0, values.length)
                                .mapToObj(i -> metric("exact", values[i], i))
                                .toList(),
                        List.of(),
                        List.of());

        double[] read = new double[values.length];
        client().getMetricHistory(runId, "exact").forEach(metric -> read[(int) metric.getStep()] = metric.getValue());
        assertThat(read).containsExactly(values);
    }

    @Test
    default void aMetricWithoutHistoryIsAnEmptyList() {
        assertThat(client().getMetricHistory(newRun(), "never-logged")).isEmpty();
    }

    private static Metric only(List<Metric> history, double value) {
        return history.stream()
                .filter(metric -> metric.getValue() == value)
                .findFirst()
                .orElseThrow();
    }

    private static Metric metric(String key, double value, long step) {
        return Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimestamp(1_700_000_000_000L + step)
                .setStep(step)
                .build();
    }
}
