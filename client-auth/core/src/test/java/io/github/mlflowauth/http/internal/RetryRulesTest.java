package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.http.RetrySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRulesTest {
    private static final boolean REPEATABLE = true;
    private static final boolean CREATE = false;

    private final RetryRules rules = new RetryRules(RetrySettings.builder().build(), () -> 1.0);

    @ParameterizedTest(name = "{0}: repeatable {1}, create {2}")
    @CsvSource({
        "408, true, false",
        "429, true, true",
        "500, true, false",
        "502, true, false",
        "503, true, false",
        "504, true, false",
        "501, false, false",
        "400, false, false",
        "401, false, false",
        "403, false, false",
        "404, false, false",
        "409, false, false",
        "302, false, false",
        "200, false, false"
    })
    void statusWithoutRetryAfter(int status, boolean repeatable, boolean create) {
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(status, ""), 0).isPresent())
                .isEqualTo(repeatable);
        assertThat(rules.delayBeforeRetry(CREATE, answered(status, ""), 0).isPresent())
                .isEqualTo(create);
    }

    @Test
    void createIsSentAgainWhenA503SaysWhen() {
        assertThat(rules.delayBeforeRetry(CREATE, answered(503, "", "retry-after", "7"), 0))
                .contains(Duration.ofSeconds(7));
        assertThat(rules.delayBeforeRetry(CREATE, answered(429, "", "retry-after", "0"), 0))
                .contains(Duration.ZERO);
    }

    @Test
    void whatWasNeverSentIsSentAgainAndABrokenCreateIsNot() {
        IOException broken = new IOException("reset");
        assertThat(rules.delayBeforeRetry(CREATE, Outcome.failed(false, broken, Credentials.NONE), 0))
                .isPresent();
        assertThat(rules.delayBeforeRetry(CREATE, Outcome.failed(true, broken, Credentials.NONE), 0))
                .isEmpty();
        assertThat(rules.delayBeforeRetry(REPEATABLE, Outcome.failed(true, broken, Credentials.NONE), 0))
                .isPresent();
    }

    @Test
    void status500IsRetriedTwiceOnly() {
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(500, ""), 1)).isPresent();
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(500, ""), 2)).isEmpty();
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(502, ""), 6)).isPresent();
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(502, ""), 7)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error_code\":\"FEATURE_DISABLED\",\"message\":\"Workspaces\"}",
                "Endpoint disabled due to the mlflow server running with `--no-serve-artifacts`",
                "An error occurred (404) when calling the HeadObject operation: Not Found"
            })
    void permanentCauseStopsTheRetriesOfAnyServerError(String body) {
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(500, body), 0)).isEmpty();
        assertThat(rules.delayBeforeRetry(REPEATABLE, answered(503, body), 0)).isEmpty();
    }

    @Test
    void delaysDoubleFromTheFactorUpToAMinuteAndAreSpreadOverTheirUpperHalf() {
        RetryRules least = new RetryRules(RetrySettings.builder().build(), () -> 0.0);
        List<Integer> retries = List.of(0, 1, 2, 3, 4, 5, 6);
        assertThat(retries).extracting(n -> seconds(rules, n)).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(retries).extracting(n -> seconds(least, n)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    private static long seconds(RetryRules rules, int retries) {
        Optional<Duration> delay = rules.delayBeforeRetry(REPEATABLE, answered(502, ""), retries);
        return delay.orElseThrow().toSeconds();
    }

    private static Outcome<String> answered(int status, String body, String... header) {
        Map<String, List<String>> headers = header.length == 0 ? Map.of() : Map.of(header[0], List.of(header[1]));
        return Outcome.answered(new Answer(new AnswerHead(status, "", headers), body), Credentials.NONE);
    }
}
