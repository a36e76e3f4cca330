package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a bare socket: it counts what really came over the wire, and answers with the bytes that a test says.
 */
final class RawServer implements AutoCloseable {
    /** What to do with the n-th request (from 0), after it was read whole. */
    @FunctionalInterface
    interface Script {
        void answer(int request, Socket socket, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger openConnections = new AtomicInteger();

    RawServer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    /** On a socket of another kind, such as TLS. */
    RawServer(ServerSocket server, Script script) {
        this.script = script;
        this.server = server;
        threads.execute(this::accept);
    }

    static Script always(String answer) {
        return (request, socket, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    static String answer(int status, String headers, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n" + headers + "\r\n" + body;
    }

    static String json(String body) {
        return answer(200, "Content-Type: application/json\r\n", body);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Head and body of every request that was read whole, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return connections.get();
    }

    /** How many of them neither side has closed yet. */
    int openConnections() {
        return openConnections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        openConnections.incrementAndGet();
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String request = read(in); request != null; request = read(in)) {
                int number;
                synchronized (requests) {
                    number = requests.size();
                    requests.add(request);
                }
                script.answer(number, socket, socket.getOutputStream());
                if (socket.isClosed()) {
                    return;
                }
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client went away, or the test closed the server.
        } finally {
            openConnections.decrementAndGet();
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head + new String(in.readNBytes(contentLength(head.toString())), StandardCharsets.UTF_8);
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
