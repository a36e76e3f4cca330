package io.github.mlflowauth.http.internal;

import java.io.IOException;

/** A good status with a body that isn't what the API answers, such as a login page. */
final class UnexpectedBodyException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String body;

    UnexpectedBodyException(String body) {
        super("not a JSON object");
        this.body = body;
    }

    String body() {
        return body;
    }
}
