package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.OutputStream;

/** A request body that can be written again for another attempt. */
public interface CallBody {
    /** Length in bytes. */
    long length();

    /** Media type, for example {@code application/json}. */
    String contentType();

    /**
     * Writes the whole body. A failure of the body's own source must be unchecked
     * ({@link java.io.UncheckedIOException}), so that it isn't taken for a broken connection.
     */
    void writeTo(OutputStream out) throws IOException;
}
