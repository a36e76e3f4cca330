package io.github.mlflowauth.artifacts.internal;

import io.github.mlflowauth.http.internal.CallBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file's bytes as a request body, streamed; read anew for each attempt. */
final class FileBody implements CallBody {
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final long length;

    FileBody(Path file) throws IOException {
        this.file = file;
        this.length = Files.size(file);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            byte[] buffer = new byte[BUFFER];
            long left = length;
            while (left > 0) {
                int count = read(in, buffer, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private InputStream open() {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file + " for its upload: " + e.getMessage(), e);
        }
    }

    private int read(InputStream in, byte[] buffer, int most) {
        try {
            int count = in.read(buffer, 0, most);
            if (count < 0) {
                throw new IOException("it became shorter than " + length + " bytes");
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file + " during its upload: " + e.getMessage(), e);
        }
    }
}
