package io.github.mlflowauth.http.internal;

import java.io.IOException;

/** Interim: the connection part brings the real one. */
final class NoFreeConnectionException extends IOException {
    private static final long serialVersionUID = 1L;
}
