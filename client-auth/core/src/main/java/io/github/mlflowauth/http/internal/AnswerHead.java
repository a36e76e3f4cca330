package io.github.mlflowauth.http.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Status line and headers of an answer. Immutable. */
public final class AnswerHead {
    private final int status;
    private final String reason;
    private final Map<String, List<String>> headers;

    AnswerHead(int status, String reason, Map<String, List<String>> headers) {
        this.status = status;
        this.reason = reason;
        this.headers = headers;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The reason phrase, or an empty text. */
    public String reason() {
        return reason;
    }

    /** Headers by lower-case name. */
    Map<String, List<String>> headers() {
        return headers;
    }

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, List.of()).stream().findFirst();
    }

    /** {@code Content-Length}, where the server gave one. */
    public OptionalLong contentLength() {
        try {
            return header("content-length")
                    .map(Long::parseLong)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
