package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InputStream;

/**
 * Turns the body of a good answer into a result. May be called again, from the start, when the connection breaks in
 * mid-body. A failure of its own target (a full disk) must be unchecked ({@link java.io.UncheckedIOException}), so that
 * it isn't taken for a broken connection.
 */
@FunctionalInterface
public interface BodyReader<T> {
    T read(AnswerHead head, InputStream body) throws IOException;
}
