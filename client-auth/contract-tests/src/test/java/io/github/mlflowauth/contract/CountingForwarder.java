package io.github.mlflowauth.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes TCP connections on to a local port and counts them, so that a test sees what really is on the wire. */
final class CountingForwarder implements AutoCloseable {
    private final ServerSocket listener;
    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    CountingForwarder(int targetPort) {
        this.targetPort = targetPort;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    String uri() {
        return "http://127.0.0.1:" + port();
    }

    /** Connections that are open now. */
    int open() {
        return open.get();
    }

    /** The most connections that were open at once. */
    int peak() {
        return peak.get();
    }

    /** All connections so far. */
    int accepted() {
        return accepted.get();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                peak.accumulateAndGet(open.incrementAndGet(), Math::max);
                join(client, new Socket(InetAddress.getLoopbackAddress(), targetPort));
            } catch (IOException e) {
                // The listener was closed, or the target refuses: the client sees its connection end.
            }
        }
    }

    private void join(Socket client, Socket server) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        AtomicInteger ended = new AtomicInteger();
        start("to server", () -> pump(client, server, ended));
        start("to client", () -> pump(server, client, ended));
    }

    /** Copies until one side ends, then ends both. */
    private void pump(Socket from, Socket to, AtomicInteger ended) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side was closed: so is the other.
        } finally {
            sockets.remove(from);
            if (ended.incrementAndGet() == 2) {
                open.decrementAndGet();
            }
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, "forwarder " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
