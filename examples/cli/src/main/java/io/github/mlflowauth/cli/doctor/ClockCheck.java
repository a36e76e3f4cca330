package io.github.mlflowauth.cli.doctor;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How far this machine's clock is from the server's. Tokens are refused when they are apart. */
final class ClockCheck {
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private final Probe probe;

    ClockCheck(Probe probe) {
        this.probe = probe;
    }

    Finding run(String check) {
        Optional<HttpResponse<String>> answer = probe.answer();
        if (answer.isEmpty()) {
            return Finding.notChecked(check, probe.whyNot());
        }
        return answer.get()
                .headers()
                .firstValue("date")
                .map(date -> compare(check, date))
                .orElseGet(() -> Finding.notChecked(check, "the answer has no Date header"));
    }

    private static Finding compare(String check, String date) {
        try {
            Instant server = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return judge(check, Duration.between(server, Instant.now()));
        } catch (DateTimeException e) {
            return Finding.notChecked(check, "the answer's Date header can't be read");
        }
    }

    private static Finding judge(String check, Duration ahead) {
        if (ahead.abs().compareTo(TOLERANCE) <= 0) {
            return Finding.ok(check, "within " + TOLERANCE.toSeconds() + " s of the server's");
        }
        return Finding.warning(
                check,
                "this machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " the server's",
                "Set the clock (NTP): tokens that are made here would count as expired or not yet valid.");
    }
}
