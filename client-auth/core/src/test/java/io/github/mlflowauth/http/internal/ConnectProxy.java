package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy on a bare socket. It tunnels CONNECT, forwards plain requests to loopback whatever their host, and
 * refuses both without the credential that it was made with.
 */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final String credential;

    /**
     * @param credential the value of Proxy-Authorization that is let through, or an empty text for any
     */
    ConnectProxy(String credential) throws IOException {
        this.credential = credential;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Heads of the requests that came, in order. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (!credential.isEmpty() && !head.contains("\r\nProxy-Authorization: " + credential + "\r\n")) {
                write(
                        client,
                        "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            boolean tunnel = head.startsWith("CONNECT ");
            try (Socket origin = new Socket(InetAddress.getLoopbackAddress(), port(head))) {
                if (tunnel) {
                    write(client, "HTTP/1.1 200 Connected\r\n\r\n");
                } else {
                    write(origin, head);
                }
                threads.execute(() -> pump(client, origin));
                origin.getInputStream().transferTo(client.getOutputStream());
            }
        } catch (IOException e) {
            // One of the two went away.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two went away.
        }
    }

    private static int port(String head) {
        String target = head.split(" ")[1].replaceAll("^http://", "").replaceAll("/.*", "");
        return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("end of request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
