package io.github.mlflowauth.testkit.iap;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.Headers;
import io.github.mlflowauth.testkit.iap.Requests.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application sees of a request that the proxy lets through, and what the client sees of its answer. */
class IapForwardingTest {
    private EchoApp app;
    private IapEmulator iap;
    private String account;
    private String token;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        iap = start(IapEmulator.builder());
    }

    @AfterEach
    void stop() {
        iap.close();
        app.close();
    }

    private IapEmulator start(IapEmulator.Builder builder) {
        IapEmulator started = builder.upstream(app.uri()).start();
        account = started.addServiceAccount("trainer");
        started.grantAccess(account);
        token = "Bearer " + started.idToken(account, started.clientId());
        return started;
    }

    @Test
    void methodPathQueryAndBodyComeThroughAsTheyAre() throws IOException {
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            Reply reply = Requests.send(method, at("/a%2Fb/%C3%A9//c?x=%20&y"), "body", "Authorization", token);
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.body()).isEqualTo("body");
            assertThat(reply.header("X-App")).isEqualTo("echo");
            assertThat(reply.header("X-Goog-IAP-Generated-Response")).isNull();
            assertThat(app.last().method()).isEqualTo(method);
            assertThat(app.last().target()).hasToString("/a%2Fb/%C3%A9//c?x=%20&y");
            assertThat(app.last().headers().getFirst("Content-Length")).isEqualTo("4");
        }
    }

    @Test
    void patchAndHeadComeThrough() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(at("/x")).header("Authorization", token);
        assertThat(client.send(
                                request.method("PATCH", BodyPublishers.ofString("p"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .isEqualTo("p");
        assertThat(client.send(request.method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
        assertThat(app.last().method()).isEqualTo("HEAD");
    }

    @Test
    void theGateTokenInProxyAuthorizationLeavesTheAppsOwnAuthorizationAlone() throws IOException {
        Requests.get(iap.uri(), "Proxy-Authorization", token, "Authorization", "Basic dTpw");
        assertThat(app.last().headers().getFirst("Authorization")).isEqualTo("Basic dTpw");
        assertThat(app.last().headers()).doesNotContainKey("Proxy-Authorization");
    }

    @Test
    void anInvalidProxyAuthorizationGivesWayToAValidAuthorization() throws IOException {
        Reply reply = Requests.get(iap.uri(), "Proxy-Authorization", "Bearer x", "Authorization", token);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(app.last().headers()).doesNotContainKey("Proxy-Authorization");
        assertThat(Requests.get(iap.uri(), "Proxy-Authorization", "Bearer x", "Authorization", "Basic dTpw")
                        .body())
                .isEqualTo("Invalid IAP credentials: Unable to parse JWT");
    }

    @Test
    void theProxysOwnTokenIsKeptFromTheAppUnlessAskedOtherwise() throws IOException {
        Requests.get(iap.uri(), "Authorization", token);
        assertThat(app.last().headers()).doesNotContainKey("Authorization");
        try (IapEmulator open = start(IapEmulator.builder().forwardAuthorization(true))) {
            Requests.get(open.uri(), "Authorization", token);
            assertThat(app.last().headers().getFirst("Authorization")).isEqualTo(token);
        }
    }

    @Test
    void theAppLearnsFromTheProxyAndNotFromTheClientWhoCalls() throws Exception {
        Requests.get(
                iap.uri(),
                "Authorization",
                token,
                "X-Goog-Authenticated-User-Email",
                "accounts.google.com:boss@example.com",
                "X-Goog-IAP-JWT-Assertion",
                "forged");
        Headers headers = app.last().headers();
        assertThat(headers.get("X-goog-authenticated-user-email")).containsExactly("accounts.google.com:" + account);
        assertThat(headers.get("X-goog-iap-jwt-assertion")).hasSize(1);
        SignedJWT assertion = SignedJWT.parse(headers.getFirst("X-goog-iap-jwt-assertion"));
        assertThat(assertion.getHeader().getAlgorithm()).hasToString("ES256");
        assertThat(assertion.getJWTClaimsSet().getAudience())
                .containsExactly("/projects/1234567890/apps/emulated-project");
        assertThat(assertion.getJWTClaimsSet().getStringClaim("email")).isEqualTo(account);
    }

    @Test
    void anApplicationVerifiesTheAssertionWithThePublicKey() throws Exception {
        IapSpec spec = new IapSpec(IapEmulator.builder(), () -> "127.0.0.1:1");
        SignedHeaders headers = new SignedHeaders(spec, Clock.systemUTC());
        ECKey key = headers.publicKey();
        SignedJWT assertion = SignedJWT.parse(headers.of("a@example.com").get("x-goog-iap-jwt-assertion"));
        assertThat(assertion.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(key.isPrivate()).isFalse();
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedByTheProxy() throws IOException {
        try (IapEmulator small = start(IapEmulator.builder().mostRequestBytes(3))) {
            assertThat(Requests.post(small.uri(), "1234", "Authorization", token)
                            .status())
                    .isEqualTo(413);
            assertThat(Requests.post(small.uri(), "123", "Authorization", token).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void anApplicationThatIsDownIs502WithoutTheProxysMark() throws IOException {
        app.close();
        Reply reply = Requests.get(iap.uri(), "Authorization", token);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).startsWith("The application behind the proxy did not answer: ");
        assertThat(reply.header("X-Goog-IAP-Generated-Response")).isNull();
    }

    @Test
    void bodiesFlowBothWaysBeforeTheyAreComplete() throws Exception {
        try (SlowUpload upload = new SlowUpload(iap.uri(), token)) {
            upload.send("first half,");
            assertThat(upload.receive()).isEqualTo("first half,");
            upload.send("second half");
            assertThat(upload.receive()).isEqualTo("second half");
        }
    }

    @Test
    void aLargeBodyComesThroughBothWaysInFlatMemory() throws Exception {
        long size = 512L << 20;
        MemoryPeak peak = MemoryPeak.start();
        try (LargeBodies large = new LargeBodies(iap.uri(), token, size)) {
            assertThat(large.echoed()).isEqualTo(size);
        }
        assertThat(peak.growthInMegabytes()).isLessThan(128);
    }

    @Test
    void anApplicationThatRefusesAnUploadInItsMidstIsHeard() throws Exception {
        try (ServerSocket refusing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                IapEmulator before = IapEmulator.builder()
                        .upstream(URI.create("http://127.0.0.1:" + refusing.getLocalPort()))
                        .start()) {
            before.grantAccess(account);
            Thread app401 = new Thread(() -> refuseInTheMidst(refusing));
            app401.start();
            String pass = "Bearer " + before.idToken(account, before.clientId());
            try (SlowUpload upload = new SlowUpload(before.uri(), pass)) {
                upload.send("the beginning");
                assertThat(upload.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
            }
            app401.join();
        }
    }

    private static void refuseInTheMidst(ServerSocket refusing) {
        try (Socket socket = refusing.accept()) {
            byte[] beginning = new byte[4096];
            for (String text = ""; !text.contains("the beginning"); ) {
                text += new String(beginning, 0, socket.getInputStream().read(beginning), StandardCharsets.UTF_8);
            }
            socket.getOutputStream()
                    .write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anEmulatorClosesInTheMidstOfARequest() throws Exception {
        try (SlowUpload upload = new SlowUpload(iap.uri(), token)) {
            upload.send("x");
            assertThat(upload.receive()).isEqualTo("x");
            long start = System.nanoTime();
            iap.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private URI at(String path) {
        return URI.create(iap.uri() + path);
    }
}
