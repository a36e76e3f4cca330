package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.http.internal.CallFailedException.Facts;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Puts a failure into words: one sentence what happened, one what the server said, one what to do next. No credential,
 * no userinfo, no query.
 */
final class FailureReport {
    private static final int MAX_SERVER_TEXT = 500;

    private final HttpCall call;
    private final HttpUrl url;
    private final AuthLayers auth;
    private final int attempts;
    private final Deadline deadline;

    FailureReport(HttpCall call, HttpUrl url, AuthLayers auth, int attempts, Deadline deadline) {
        this.call = call;
        this.url = url;
        this.auth = auth;
        this.attempts = attempts;
        this.deadline = deadline;
    }

    CallFailedException of(Outcome<?> outcome) {
        Optional<Answer> answer = outcome.answer();
        return answer.isPresent() ? answered(outcome, answer.get()) : unanswered(outcome);
    }

    CallFailedException noCredential(IOException cause) {
        return new CallFailedException(
                request() + " was not sent, because there is no credential for it. " + cause.getMessage(),
                new Facts(),
                cause);
    }

    CallFailedException interrupted(InterruptedException cause) {
        Facts facts = facts();
        return new CallFailedException(
                request() + " was given up after " + tries() + ", because the thread was interrupted.", facts, cause);
    }

    private CallFailedException answered(Outcome<?> outcome, Answer answer) {
        Facts facts = facts();
        facts.status = answer.status();
        facts.reason = answer.head().reason();
        facts.body = outcome.credentials().redact(answer.body());
        facts.errorCode = answer.serverError().flatMap(ServerError::code).orElse(null);
        facts.retryable = isRetryableStatus(answer);
        facts.outcomeUnknown = !call.isRepeatable() && isUnknownStatus(answer.status());
        Optional<Map.Entry<AuthLayer, String>> explained =
                isRefusal(answer) ? auth.explain(url.uri(), outcome) : Optional.empty();
        facts.refusedBy = refusedBy(answer, explained);
        String text = sentence(answer)
                + serverText(facts.body, answer)
                + sentence(explained.map(Map.Entry::getValue).orElseGet(() -> Advice.forAnswer(answer, url, auth)))
                + unknown(facts);
        return new CallFailedException(text.trim(), facts, null);
    }

    private CallFailedException unanswered(Outcome<?> outcome) {
        IOException cause = outcome.failure().orElseThrow(IllegalStateException::new);
        Facts facts = facts();
        boolean sent = outcome.kind() == Outcome.Kind.BROKEN;
        facts.retryable = !sent || call.isRepeatable();
        facts.outcomeUnknown = sent && !call.isRepeatable();
        String what = Advice.whatHappened(cause, sent, deadline.isOver() ? deadline.total() : null);
        String text = request() + " " + what + " (" + tries() + ")." + sentence(Advice.forFailure(cause, url))
                + unknown(facts);
        return new CallFailedException(text.trim(), facts, cause);
    }

    private Facts facts() {
        Facts facts = new Facts();
        facts.attempts = attempts;
        return facts;
    }

    private String request() {
        return call.method() + " " + SafeUrl.text(url);
    }

    private String tries() {
        return attempts == 1 ? "1 attempt" : attempts + " attempts";
    }

    /** With a space before it, if there is one. */
    private static String sentence(String advice) {
        return advice.isEmpty() ? "" : " " + advice;
    }

    private String sentence(Answer answer) {
        String reason =
                answer.head().reason().isEmpty() ? "" : " " + answer.head().reason();
        String after = attempts > 1 ? " after " + tries() : "";
        boolean goodStatus = answer.status() < 300;
        return request() + " answered " + answer.status() + reason + after
                + (goodStatus ? ", but not with JSON." : ".");
    }

    private static String serverText(String body, Answer answer) {
        Optional<ServerError> error = answer.serverError();
        String text = error.map(e -> e.code().map(code -> code + ": ").orElse("") + e.message())
                .orElseGet(() -> plain(body, answer.isHtml()));
        if (text.isEmpty()) {
            return "";
        }
        String shown = text.length() > MAX_SERVER_TEXT ? text.substring(0, MAX_SERVER_TEXT) + "…" : text;
        return " The server said: " + shown + (shown.endsWith(".") ? "" : ".");
    }

    private static String plain(String body, boolean html) {
        String text =
                html ? body.replaceAll("(?is)<(script|style).*?</\\1>", " ").replaceAll("<[^>]*>", " ") : body;
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    }

    private static boolean isRefusal(Answer answer) {
        return answer.isRefusal() || answer.status() == 403;
    }

    /**
     * The answer's own marks decide. A lone layer's word counts only where there are none, because a single Basic auth
     * may be the gate's or the app's.
     */
    private @Nullable AuthLayer refusedBy(Answer answer, Optional<Map.Entry<AuthLayer, String>> explained) {
        if (!isRefusal(answer) || Advice.isHostRefusal(answer)) {
            return null;
        }
        Outcome<?> bare = Outcome.answered(answer, Credentials.NONE);
        if (AuthLayers.refusal(url.uri(), bare, AuthLayer.APP).isFromMlflow()) {
            return AuthLayer.APP;
        }
        return auth.isTwoLayered() ? explained.map(Map.Entry::getKey).orElse(AuthLayer.GATE) : AuthLayer.GATE;
    }

    private boolean isRetryableStatus(Answer answer) {
        int status = answer.status();
        boolean transientStatus = status == 408 || status == 429 || (status >= 500 && status != 501);
        return transientStatus && !answer.namesPermanentCause() && (call.isRepeatable() || status == 429);
    }

    private static boolean isUnknownStatus(int status) {
        return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    private String unknown(Facts facts) {
        return facts.outcomeUnknown
                ? " It was not sent again, because the server may have done it: what it creates may have been created."
                        + " Look for it before you make it again."
                : "";
    }
}
