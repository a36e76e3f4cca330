package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A PUT of many bytes over a bare socket, whose echo is read and checked while it is being sent. */
final class LargeBodies implements AutoCloseable {
    private final Socket socket;
    private final URI uri;
    private final String authorization;
    private final long size;

    LargeBodies(URI uri, String authorization, long size) throws IOException {
        this.socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        this.uri = uri;
        this.authorization = authorization;
        this.size = size;
    }

    /** How many of the bytes came back in order. */
    long echoed() throws IOException {
        Thread sender = new Thread(this::send);
        sender.start();
        String line = line();
        while (!line.isEmpty()) {
            line = line();
        }
        Pattern.Checker checker = new Pattern.Checker();
        long echoed = 0;
        for (int chunk = Integer.parseInt(line(), 16); chunk > 0; chunk = Integer.parseInt(line(), 16)) {
            checker.write(socket.getInputStream().readNBytes(chunk));
            echoed += chunk;
            line();
        }
        return echoed;
    }

    private void send() {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /big HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAuthorization: " + authorization
                            + "\r\nContent-Length: " + size + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            new Pattern(size).transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
