package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One face on one port: counts requests, plays scripted faults, and dates every answer by the emulator's clock. */
final class FaceServer {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Timeout IDLE = Timeout.ofMinutes(10);

    /** What a face does with a request. */
    interface Handler {
        Answer handle(Call call) throws IOException;
    }

    private final Handler handler;
    private final Clock clock;
    private final FaultScript faults = new FaultScript();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    FaceServer(int port, Clock clock, Handler handler) {
        this.handler = handler;
        this.clock = clock;
        HttpProcessor processor = HttpProcessorBuilder.create()
                .addAll(new ResponseConnControl(), new ResponseContent(true))
                .build();
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setListenerPort(port)
                .setSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(IDLE)
                        .build())
                .setHttpProcessor(processor)
                .setRequestRouter((request, context) -> (taken, response, nothing) -> handle(taken, response))
                .create();
    }

    void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The emulator cannot listen on a port of the loopback address: " + e.getMessage()
                            + ". Choose another port, or 0 for a free one.",
                    e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Host and port. */
    String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    FaultScript faults() {
        return faults;
    }

    int requests() {
        return requests.get();
    }

    void close() {
        faults.close();
        server.close(CloseMode.IMMEDIATE);
    }

    private void handle(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
        requests.incrementAndGet();
        Optional<Answer> scripted = faults.play();
        Answer answer = scripted.isPresent() ? scripted.get() : handler.handle(new Call(request));
        response.setHeader("Date", HTTP_DATE.format(clock.instant()));
        answer.writeTo(response);
    }
}
