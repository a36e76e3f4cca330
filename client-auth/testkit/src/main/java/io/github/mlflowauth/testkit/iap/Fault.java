package io.github.mlflowauth.testkit.iap;

import java.time.Duration;
import java.util.Map;

/** Something that a face does instead of, or before, its work. Given to {@link IapEmulator#fault}. Immutable. */
public final class Fault {
    enum Kind {
        NONE,
        ANSWER,
        DELAY,
        HANG,
        CUT
    }

    final Kind kind;
    final Duration delay;
    private final int status;
    private final String body;
    private final Map<String, String> headers;

    private Fault(Kind kind, Duration delay, int status, String body, Map<String, String> headers) {
        this.kind = kind;
        this.delay = delay;
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    private static Fault of(Kind kind, Duration delay) {
        return new Fault(kind, delay, 0, "", Map.of());
    }

    /** Nothing goes wrong: lets one request through in a script of several. */
    public static Fault none() {
        return of(Kind.NONE, Duration.ZERO);
    }

    /** Answers with this status and a JSON error body. */
    public static Fault status(int status) {
        return answer(status, "{\"error\":{\"code\":" + status + ",\"message\":\"scripted by the test\"}}", Map.of());
    }

    /** As {@link #status}, with a Retry-After header. */
    public static Fault status(int status, Duration retryAfter) {
        String seconds = Long.toString(retryAfter.toSeconds());
        return answer(status, "{\"error\":\"scripted by the test\"}", Map.of("Retry-After", seconds));
    }

    /** Answers with exactly this, the mark of an answer made by IAP included. */
    public static Fault iapRefusal(int status, String sentence) {
        return answer(status, sentence, Map.of("Content-Type", "text/html", Refusal.MARK, "true"));
    }

    /** Answers with exactly this. */
    public static Fault answer(int status, String body, Map<String, String> headers) {
        return new Fault(Kind.ANSWER, Duration.ZERO, status, body, Map.copyOf(headers));
    }

    /** Answers 200 with a page that no token service sends, as a captive portal does. */
    public static Fault garbage() {
        return answer(200, "<html><body>Welcome to our network</body></html>", Map.of("Content-Type", "text/html"));
    }

    /** Answers 200 with no body. */
    public static Fault empty() {
        return answer(200, "", Map.of());
    }

    /** Works, but only after this time. */
    public static Fault slow(Duration delay) {
        return of(Kind.DELAY, delay);
    }

    /** Accepts the request and never answers. */
    public static Fault hang() {
        return of(Kind.HANG, Duration.ZERO);
    }

    /** Cuts the connection instead of answering. */
    public static Fault cut() {
        return of(Kind.CUT, Duration.ZERO);
    }

    Answer answer() {
        String type = headers.getOrDefault("Content-Type", "application/json");
        Answer answer = Answer.of(status, type, body);
        headers.forEach((name, value) -> {
            if (!name.equals("Content-Type")) {
                answer.with(name, value);
            }
        });
        return answer;
    }

    /** For debugging: what kind of fault this is. */
    @Override
    public String toString() {
        return kind == Kind.ANSWER ? "answer " + status : kind.toString();
    }
}
