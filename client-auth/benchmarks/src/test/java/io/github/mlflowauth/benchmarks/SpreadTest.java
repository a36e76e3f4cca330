package io.github.mlflowauth.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void medianMiddleHalfAndExtremes() {
        Spread spread = new Spread();
        for (long millis : new long[] {50, 10, 40, 20, 30}) {
            spread.add(millis * 1_000_000);
        }
        assertThat(spread).hasToString("median 30 ms (middle half 20 to 40, all 10 to 50, n=5)");
    }

    @Test
    void betweenTwoTimesInProportion() {
        Spread spread = new Spread();
        spread.add(10_000_000);
        spread.add(20_000_000);
        assertThat(spread.medianMillis()).isEqualTo(15);
    }
}
