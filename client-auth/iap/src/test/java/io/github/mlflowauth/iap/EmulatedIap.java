package io.github.mlflowauth.iap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An emulator of IAP in front of an application that creates any experiment; and clients for it. */
final class EmulatedIap implements AutoCloseable {
    static {
        // Else the JDK's server waits 40 ms for an acknowledgement in each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer app;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Map<String, List<String>>> arrived = new CopyOnWriteArrayList<>();
    private final Clock clientClock;
    private final IapEmulator emulator;

    EmulatedIap() throws IOException {
        this(Clock.systemUTC(), Clock.systemUTC());
    }

    EmulatedIap(Clock serverClock, Clock clientClock) throws IOException {
        this.clientClock = clientClock;
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.setExecutor(threads);
        app.createContext("/", this::answer);
        app.start();
        emulator = IapEmulator.builder()
                .upstream(URI.create("http://127.0.0.1:" + app.getAddress().getPort()))
                .clock(serverClock)
                .start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        arrived.add(new HashMap<>(exchange.getRequestHeaders()));
        byte[] body = "{\"experiment_id\":\"7\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    IapEmulator emulator() {
        return emulator;
    }

    /** The headers of each request that reached the application. */
    List<Map<String, List<String>>> arrived() {
        return arrived;
    }

    /** A service account that may pass. */
    String account(String name) {
        String email = emulator.addServiceAccount(name);
        emulator.grantAccess(email);
        return email;
    }

    String audience(boolean selfSigned) {
        return selfSigned ? emulator.urlAudience() : emulator.clientId();
    }

    RequestAuth auth(IapAuth iap, Map<String, String> environment) {
        Map<String, String> options =
                Map.of(IapAuth.IAM_ENDPOINT, emulator.iamCredentialsUri().toString());
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("HOME", "/does/not/exist");
        return iap.create(AuthSettings.of(emulator.uri(), options)
                .withEnvironment(variables)
                .withClock(clientClock));
    }

    AuthMlflowClient client(IapAuth iap, Map<String, String> environment) {
        return client(auth(iap, environment));
    }

    AuthMlflowClient client(RequestAuth gate) {
        return MlflowClients.builder()
                .trackingUri(emulator.uri().toString())
                .gate(gate)
                .build();
    }

    @Override
    public void close() {
        emulator.close();
        app.stop(0);
        threads.shutdownNow();
    }
}
