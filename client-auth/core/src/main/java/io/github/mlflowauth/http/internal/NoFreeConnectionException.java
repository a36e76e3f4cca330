package io.github.mlflowauth.http.internal;

import java.io.IOException;

/** All connections were busy for as long as the call could wait; nothing was sent. */
final class NoFreeConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    NoFreeConnectionException(String message) {
        super(message);
    }
}
