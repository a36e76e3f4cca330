package io.github.mlflowauth.testkit.iap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A POST over a bare socket, sent and read chunk by chunk. */
final class SlowUpload implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;
    private boolean headersRead;

    SlowUpload(URI uri, String authorization) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(10_000);
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        write("POST / HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAuthorization: " + authorization
                + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    void send(String text) throws IOException {
        write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String receive() throws IOException {
        while (!headersRead) {
            headersRead = line().isEmpty();
        }
        int length = Integer.parseInt(line(), 16);
        char[] text = new char[length];
        for (int read = 0; read < length; ) {
            read += reader.read(text, read, length - read);
        }
        line();
        return new String(text);
    }

    String statusLine() throws IOException {
        return line();
    }

    private String line() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("the connection has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
