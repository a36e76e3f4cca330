package io.github.mlflowauth.http.internal;

import java.time.Duration;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a call is sent again, so that a slow job can be explained from its log. */
final class RetryLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.mlflowauth.http");

    private RetryLog() {}

    static void retrying(HttpCall call, HttpUrl url, Outcome<?> outcome, Duration delay) {
        if (LOG.isInfoEnabled()) {
            String cause =
                    outcome.failure().map(e -> e.getClass().getSimpleName()).orElse("status " + outcome.status());
            LOG.info("{} {}: {}; trying again in {} ms", call.method(), SafeUrl.text(url), cause, delay.toMillis());
        }
    }
}
