package io.github.mlflowauth.iap;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Endpoints that answer what a test scripts, whatever a real Google would say, and remember what they were asked. */
final class FakeGoogle implements AutoCloseable {
    static {
        // Else the JDK's server waits 40 ms for an acknowledgement in each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final String SERVICE_ACCOUNT = "trainer@demo.iam.gserviceaccount.com";
    static final KeyPair KEYS = keys();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Function<Asked, Answer>> handlers = new ConcurrentHashMap<>();
    private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    record Answer(int status, String body, Map<String, String> headers) {
        static Answer ok(String body) {
            return new Answer(200, body, Map.of());
        }

        static Answer status(int status, String body) {
            return new Answer(status, body, Map.of());
        }

        Answer with(String name, String value) {
            return new Answer(status, body, Map.of(name, value));
        }
    }

    record Asked(String method, URI uri, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    FakeGoogle() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds an answer for a path; the last one stays. */
    FakeGoogle on(String path, Answer answer) {
        script.computeIfAbsent(path, p -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** Answers every request of a path in the same way. */
    FakeGoogle on(String path, Function<Asked, Answer> handler) {
        handlers.put(path, handler);
        return this;
    }

    FakeGoogle asMetadataServer() {
        return on("/", Answer.ok("computeMetadata/").with("Metadata-Flavor", "Google"))
                .on(account("email"), Answer.ok(SERVICE_ACCOUNT))
                .on(account("token"), Answer.ok("{\"access_token\":\"metadata-access\",\"expires_in\":3599}"));
    }

    static String account(String what) {
        return "/computeMetadata/v1/instance/service-accounts/default/" + what;
    }

    static String iam(String serviceAccount, String method) {
        return "/v1/projects/-/serviceAccounts/" + serviceAccount + ":" + method;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Asked request = new Asked(
                exchange.getRequestMethod(), exchange.getRequestURI(), Map.copyOf(exchange.getRequestHeaders()), body);
        asked.add(request);
        Answer answer = answerTo(request);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private Answer answerTo(Asked request) {
        String path = request.uri().getPath();
        Function<Asked, Answer> handler = handlers.get(path);
        if (handler != null) {
            return handler.apply(request);
        }
        Deque<Answer> answers = script.get(path);
        if (answers == null) {
            return Answer.status(404, "nothing scripted");
        }
        synchronized (answers) {
            return answers.size() > 1 ? answers.remove() : answers.getFirst();
        }
    }

    String url() {
        return "http://" + host();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(a -> a.uri().getPath().equals(path)).toList();
    }

    JsonObject keyFile() {
        JsonObject key = new JsonObject();
        key.addProperty("type", "service_account");
        key.addProperty("client_id", "1234");
        key.addProperty("client_email", SERVICE_ACCOUNT);
        key.addProperty("private_key_id", "key-1");
        key.addProperty("private_key", pem());
        key.addProperty("token_uri", url() + "/token");
        return key;
    }

    private static String pem() {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(KEYS.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** An ID token for an audience that lives for an hour. */
    static String idToken(String audience, Clock clock) {
        return idToken(audience, clock, Duration.ofHours(1), true);
    }

    static String idToken(String audience, Clock clock, Duration life, boolean withEmail) {
        JsonObject claims = new JsonObject();
        claims.addProperty("iss", "https://accounts.google.com");
        claims.addProperty("aud", audience);
        claims.addProperty("nonce", System.nanoTime());
        claims.addProperty("exp", clock.instant().plus(life).getEpochSecond());
        if (withEmail) {
            claims.addProperty("email", SERVICE_ACCOUNT);
        }
        return unsigned(claims);
    }

    static String unsigned(JsonObject claims) {
        return base64("{\"alg\":\"RS256\"}") + "." + base64(claims.toString()) + ".c2lnbmF0dXJl";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject part(String jwt, int index) {
        byte[] bytes = Base64.getUrlDecoder().decode(jwt.split("\\.")[index]);
        return java.util.Objects.requireNonNull(Json.object(new String(bytes, StandardCharsets.UTF_8)));
    }

    static boolean isSigned(String jwt) throws Exception {
        int dot = jwt.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
