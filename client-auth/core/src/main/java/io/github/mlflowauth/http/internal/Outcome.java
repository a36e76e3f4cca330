package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one attempt came to: a result, an answer that isn't one, or no answer. Immutable. */
final class Outcome<T> {
    enum Kind {
        /** A good answer, with its result. */
        OK,
        /** An answer with a status that says no, or a body that isn't what it should be. */
        ANSWERED,
        /** Nothing left this machine: DNS, connect or TLS handshake failed, or no connection was free. */
        NEVER_SENT,
        /** The connection broke or timed out after the request was, at least in part, sent. */
        BROKEN
    }

    private final Kind kind;
    private final @Nullable T result;
    private final @Nullable Answer answer;
    private final @Nullable IOException failure;
    private final Credentials credentials;

    private Outcome(
            Kind kind,
            @Nullable T result,
            @Nullable Answer answer,
            @Nullable IOException failure,
            Credentials credentials) {
        this.kind = kind;
        this.result = result;
        this.answer = answer;
        this.failure = failure;
        this.credentials = credentials;
    }

    static <T> Outcome<T> ok(T result, Credentials credentials) {
        return new Outcome<>(Kind.OK, result, null, null, credentials);
    }

    static <T> Outcome<T> answered(Answer answer, Credentials credentials) {
        return new Outcome<>(Kind.ANSWERED, null, answer, null, credentials);
    }

    static <T> Outcome<T> failed(boolean sent, IOException failure, Credentials credentials) {
        return new Outcome<>(sent ? Kind.BROKEN : Kind.NEVER_SENT, null, null, failure, credentials);
    }

    Kind kind() {
        return kind;
    }

    /** The result; present exactly for {@link Kind#OK}. */
    T result() {
        return Objects.requireNonNull(result, "result");
    }

    /** The answer; present exactly for {@link Kind#ANSWERED}. */
    Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    /** What broke; present exactly for {@link Kind#NEVER_SENT} and {@link Kind#BROKEN}. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    Credentials credentials() {
        return credentials;
    }

    int status() {
        return answer == null ? 0 : answer.status();
    }

    Optional<Duration> retryAfter() {
        return answer == null ? Optional.empty() : answer.retryAfter();
    }
}
