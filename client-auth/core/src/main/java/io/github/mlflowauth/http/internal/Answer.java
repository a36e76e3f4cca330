package io.github.mlflowauth.http.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** An answer that isn't a result, with as much of its body as is needed to say why. Immutable. */
final class Answer {
    private final AnswerHead head;
    private final String body;

    Answer(AnswerHead head, String body) {
        this.head = head;
        this.body = body;
    }

    int status() {
        return head.status();
    }

    AnswerHead head() {
        return head;
    }

    String body() {
        return body;
    }

    boolean isRedirect() {
        return head.status() >= 300 && head.status() < 400;
    }

    /** Answers that a layer of auth may have given. */
    boolean isRefusal() {
        return status() == 401 || isRedirect();
    }

    boolean isHtml() {
        String type = head.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.contains("html") || body.stripLeading().startsWith("<");
    }

    Optional<ServerError> serverError() {
        return ServerError.parse(body);
    }

    /** A cause that another try can't mend, whatever the status says. */
    boolean namesPermanentCause() {
        String text = body.toLowerCase(Locale.ROOT);
        return text.contains("feature_disabled")
                || text.contains("--no-serve-artifacts")
                || text.contains("--artifacts-only")
                || (text.contains("headobject") && text.contains("not found"))
                || text.contains("nosuchkey");
    }

    /** {@code Retry-After}, in seconds or as a date (RFC 9110 §10.2.3); never negative. */
    Optional<Duration> retryAfter() {
        return head.header("retry-after").map(String::trim).flatMap(Answer::parseRetryAfter);
    }

    private static Optional<Duration> parseRetryAfter(String value) {
        try {
            if (value.chars().allMatch(Character::isDigit) && !value.isEmpty()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
