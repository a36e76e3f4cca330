package io.github.mlflowauth.testkit.iap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One request to the application on a connection of its own. The body is sent by a thread of its own, so that an
 * answer that comes before its end is seen, as when an application refuses an upload.
 */
final class UpstreamExchange {
    private static final int CONNECT_MILLIS = 10_000;

    private final URI base;
    private final Runnable whenSent;
    private @Nullable DefaultBHttpClientConnection connection;
    private @Nullable Thread sender;

    /**
     * @param whenSent called once the whole request has been sent
     */
    UpstreamExchange(URI base, Runnable whenSent) {
        this.base = base;
        this.whenSent = whenSent;
    }

    ClassicHttpResponse send(ClassicHttpRequest request) throws IOException, HttpException {
        int port = base.getPort() < 0 ? 80 : base.getPort();
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(base.getHost(), port), CONNECT_MILLIS);
        DefaultBHttpClientConnection open =
                DefaultBHttpClientConnectionFactory.builder().build().createConnection(socket);
        connection = open;
        frame(request);
        open.sendRequestHeader(request);
        open.flush();
        if (request.getEntity() != null) {
            startSender(open, request);
        } else {
            whenSent.run();
        }
        ClassicHttpResponse response = open.receiveResponseHeader();
        while (response.getCode() < 200) {
            response = open.receiveResponseHeader();
        }
        if (canHaveBody(request.getMethod(), response.getCode())) {
            open.receiveResponseEntity(response);
        }
        return response;
    }

    private static void frame(ClassicHttpRequest request) {
        if (request.getEntity() == null) {
            return;
        }
        long length = request.getEntity().getContentLength();
        if (length < 0) {
            request.setHeader("Transfer-Encoding", "chunked");
        } else {
            request.setHeader("Content-Length", Long.toString(length));
        }
    }

    private static boolean canHaveBody(String method, int status) {
        return !method.equals("HEAD") && status != 204 && status != 304;
    }

    private void startSender(DefaultBHttpClientConnection open, ClassicHttpRequest request) {
        Thread thread = new Thread(() -> sendBody(open, request), "body to " + base.getAuthority());
        thread.setDaemon(true);
        thread.start();
        sender = thread;
    }

    private void sendBody(DefaultBHttpClientConnection open, ClassicHttpRequest request) {
        try {
            open.sendRequestEntity(request);
            whenSent.run();
            open.flush();
        } catch (IOException | HttpException e) {
            // Whoever waits for the answer gets it, or sees that the connection has ended.
        }
    }

    InputStream closingAtItsEnd(InputStream body) {
        return new FilterInputStream(body) {
            @Override
            public void close() {
                UpstreamExchange.this.close();
            }
        };
    }

    /** Ends the connection; a sender that is still at work fails as soon as it writes again. */
    void close() {
        DefaultBHttpClientConnection open = connection;
        if (open != null) {
            open.close(CloseMode.IMMEDIATE);
        }
    }

    /** Afterwards nobody reads the client's body any more. */
    void awaitSender() {
        Thread thread = sender;
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
