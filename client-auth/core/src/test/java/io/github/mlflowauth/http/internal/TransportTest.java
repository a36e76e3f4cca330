package io.github.mlflowauth.http.internal;

import static io.github.mlflowauth.http.internal.RawServer.answer;
import static io.github.mlflowauth.http.internal.RawServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.auth.BearerAuth;
import io.github.mlflowauth.auth.BearerToken;
import io.github.mlflowauth.auth.RequestAuth;
import io.github.mlflowauth.http.RetrySettings;
import io.github.mlflowauth.http.TransportSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, counted at the socket. */
class TransportTest {
    private static final HttpCall CREATE = HttpCall.api("POST", "/api/2.0/mlflow/runs/create", "{\"a\":1}");
    private static final HttpCall LOG = HttpCall.api("POST", "/api/2.0/mlflow/runs/log-metric", "{\"value\":1}");
    private static final HttpCall GET = HttpCall.api("GET", "/api/2.0/mlflow/runs/get?run_id=secretquery", null);

    private final List<Duration> waits = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void everyAttemptOfARepeatablePostCarriesTheSameBody() throws IOException {
        RawServer server = server((n, socket, out) -> out.write(bytes(n < 2 ? answer(502, "", "") : json("{}"))));
        assertThat(transport(server, null, null).json(LOG)).isEqualTo("{}");
        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request).endsWith("\r\n\r\n{\"value\":1}"));
        assertThat(waits).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"408, ''", "500, ''", "502, ''", "503, ''", "504, ''", "401, ''", "302, 'Location: /login\r\n'"})
    void aCreateIsSentOnceWhateverTheStatus(int status, String headers) throws IOException {
        RawServer server = server(RawServer.always(answer(status, headers, "")));
        CallFailedException failure = failure(transport(server, null, null), CREATE);
        assertThat(server.requests()).hasSize(1);
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.isOutcomeUnknown()).isEqualTo(status == 408 || status >= 500);
    }

    @Test
    void aCreateIsSentAgainAfterA503ThatSaysWhen() throws IOException {
        RawServer server = server((n, socket, out) ->
                out.write(bytes(n == 0 ? answer(503, "Retry-After: 0\r\n", "") : json("{\"run\":{}}"))));
        assertThat(transport(server, null, null).json(CREATE)).isEqualTo("{\"run\":{}}");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aCreateOnAReusedConnectionThatDiesIsSentOnce() throws IOException {
        RawServer server = server((n, socket, out) -> {
            if (n == 0) {
                out.write(bytes(json("{}")));
            } else {
                socket.close();
            }
        });
        Transport transport = transport(server, null, null);
        transport.json(GET);
        CallFailedException failure = failure(transport, CREATE);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests()).hasSize(2);
        assertThat(failure.isOutcomeUnknown()).isTrue();
        assertThat(failure).hasMessageContaining("may have been created");
    }

    @Test
    void aReadThatBreaksInMidBodyIsReadAgain() throws IOException {
        RawServer server = server((n, socket, out) -> {
            if (n == 0) {
                out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half"));
                out.flush();
                socket.close();
            } else {
                out.write(bytes(json("{\"whole\":true}")));
            }
        });
        assertThat(transport(server, null, null).json(LOG)).isEqualTo("{\"whole\":true}");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aRemovalThatAnswers404WhenSentAgainIsDone() throws IOException {
        RawServer server = server((n, socket, out) ->
                out.write(bytes(n == 0 ? answer(502, "", "") : answer(404, "", "{\"error_code\":\"X\"}"))));
        Transport transport = transport(server, null, null);
        assertThat(transport.json(HttpCall.api("POST", "/api/2.0/mlflow/runs/delete-tag", "{}")))
                .isEqualTo("{}");
        assertThat(failure(transport, HttpCall.api("POST", "/api/2.0/mlflow/runs/delete-tag", "{}"))
                        .status())
                .hasValue(404);
    }

    @Test
    void theDeadlineEndsTheRetries() throws IOException {
        RawServer server = server(RawServer.always(answer(503, "Retry-After: 3600\r\n", "")));
        CallFailedException failure = failure(transport(server, null, null), GET);
        assertThat(server.requests()).hasSize(1);
        assertThat(waits).isEmpty();
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void anAnswerThatNeverComesEndsAtTheDeadline() throws IOException {
        RawServer server = server((n, socket, out) -> parkUntilClosed(socket));
        TransportSettings settings =
                TransportSettings.builder().callDeadline(Duration.ofMillis(300)).build();
        CallFailedException failure = failure(transport(server, settings, null, null), CREATE);
        assertThat(failure).hasMessageContaining("deadline").hasMessageContaining("may have been created");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aStalledArtifactBodyEndsAfterTheStallTimeout() throws IOException {
        RawServer server = server((n, socket, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
            out.flush();
            parkUntilClosed(socket);
        });
        TransportSettings settings = TransportSettings.builder()
                .stallTimeout(Duration.ofMillis(200))
                .retry(RetrySettings.builder().maxRetries(0).build())
                .build();
        Transport transport = transport(server, settings, null, null);
        CallFailedException failure = catchThrowableOfType(
                CallFailedException.class,
                () -> transport.call(HttpCall.bulk("GET", "/x", null), (head, body) -> body.readAllBytes()));
        assertThat(failure).hasMessageContaining("did not come in time");
    }

    @Test
    void nothingListeningIsToldWithTheAddress() throws IOException {
        RawServer server = server(RawServer.always(json("{}")));
        Transport transport = transport(server, null, null);
        server.close();
        CallFailedException failure = failure(transport, CREATE);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.isOutcomeUnknown()).isFalse();
        assertThat(failure.attempts()).isEqualTo(8);
        assertThat(failure).hasMessageContaining("is the server running");
    }

    @Test
    void aRedirectIsNeverFollowedAndNamesItsTarget() throws IOException {
        RawServer elsewhere = server(RawServer.always("unreachable"));
        String location = elsewhere.uri() + "/signin?state=abc";
        RawServer server = server(RawServer.always(answer(302, "Location: " + location + "\r\n", "")));
        CallFailedException failure = failure(transport(server, BearerAuth.of("tok-secret"), null), GET);
        assertThat(elsewhere.connections()).isZero();
        assertThat(failure).hasMessageContaining("sign-in").hasMessageNotContaining("state=abc");
        assertThat(failure.refusedBy()).contains(AuthLayer.GATE);
    }

    @Test
    void aPageInPlaceOfJsonIsAnError() throws IOException {
        RawServer server = server(RawServer.always(
                answer(200, "Content-Type: text/html\r\n", "<html><title>Sign in</title><p>Welcome</html>")));
        CallFailedException failure = failure(transport(server, null, null), GET);
        assertThat(failure).hasMessageContaining("not with JSON").hasMessageContaining("sign-in page");
        assertThat(failure.status()).hasValue(200);
    }

    @Test
    void aRotatedTokenFileIsReplayedOnceAlsoForACreate(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "old-token\n");
        RawServer server = server((n, socket, out) -> {
            if (n == 0) {
                Files.writeString(file, "new-token\n");
            }
            out.write(bytes(n == 0 ? answer(401, "", "expired") : json("{}")));
        });
        assertThat(transport(server, BearerAuth.fromFile(file), null).json(CREATE))
                .isEqualTo("{}");
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(0)).contains("Authorization: Bearer old-token");
        assertThat(server.requests().get(1)).contains("Authorization: Bearer new-token");
    }

    @Test
    void aTokenFileThatDidNotChangeIsNotReplayed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "same-token");
        RawServer server = server(RawServer.always(answer(401, "", "no")));
        CallFailedException failure = failure(transport(server, BearerAuth.fromFile(file), null), GET);
        assertThat(server.requests()).hasSize(1);
        assertThat(failure).hasMessageContaining("token file").hasMessageNotContaining("same-token");
    }

    @Test
    void aSourceIsToldOfTheRefusalAndAskedAgain() throws IOException {
        AtomicInteger minted = new AtomicInteger();
        RequestAuth auth = BearerAuth.from(() -> BearerToken.of("minted-" + minted.incrementAndGet()));
        RawServer server = server((n, socket, out) -> out.write(bytes(n == 0 ? answer(401, "", "") : json("{}"))));
        assertThat(transport(server, auth, null).json(CREATE)).isEqualTo("{}");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void withTwoLayersTheGateGoesIntoProxyAuthorizationAndGetsItBackAsAuthorization(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "gate-1");
        RawServer server = server((n, socket, out) -> {
            Files.writeString(file, "gate-2");
            out.write(bytes(n == 0 ? answer(401, "", "") : json("{}")));
        });
        RequestAuth app = BasicAuth.of("ada", "topsecret-password");
        assertThat(transport(server, BearerAuth.fromFile(file), app).json(GET)).isEqualTo("{}");
        assertThat(server.requests().get(0)).contains("Proxy-Authorization: Bearer gate-1", "Authorization: Basic ");
        assertThat(server.requests().get(1)).contains("Proxy-Authorization: Bearer gate-2", "Authorization: Basic ");
    }

    @Test
    void aServerThatEchoesTheCredentialDoesNotPutItIntoTheError() throws IOException {
        RawServer server = server(RawServer.always(answer(403, "", "you sent Bearer tok-secret-1 to us")));
        CallFailedException failure = failure(transport(server, BearerAuth.of("tok-secret-1"), null), GET);
        assertThat(failure).hasMessageContaining("you sent Bearer ***").hasMessageNotContaining("tok-secret-1");
        assertThat(failure.body()).doesNotContain("tok-secret-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoRefusedIsTold(boolean mlflow) throws IOException {
        String challenge = "WWW-Authenticate: Basic realm=\"mlflow\"\r\n"; // a proxy's realm may be called so too
        String body = mlflow ? "You are not authenticated. Please see https://www.mlflow.org/" : "<h1>401</h1>nginx";
        RawServer server = server(RawServer.always(answer(401, challenge, body)));
        CallFailedException failure = failure(transport(server, null, BasicAuth.of("ada", "topsecret")), GET);
        assertThat(failure.refusedBy()).contains(mlflow ? AuthLayer.APP : AuthLayer.GATE);
        assertThat(failure)
                .hasMessageContaining(mlflow ? "MLflow's own basic-auth app refused user 'ada'" : "web server in front")
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void theHostCheckNamesAllowedHosts() throws IOException {
        RawServer server = server(
                RawServer.always(answer(403, "", "Invalid Host header - possible DNS rebinding attack detected")));
        CallFailedException failure = failure(transport(server, null, BasicAuth.of("ada", "topsecret")), GET);
        assertThat(failure)
                .hasMessageContaining(
                        "--allowed-hosts 127.0.0.1:" + server.uri().getPort());
        assertThat(failure.refusedBy()).isEmpty();
    }

    @Test
    void requestsKeepTheHeaderContract() throws IOException {
        RawServer server = server(RawServer.always(json("{}")));
        transport(server, null, null).json(LOG);
        String request = server.requests().get(0);
        assertThat(request).contains("User-Agent: mlflow-java-client/x", "Accept: application/json");
        assertThat(request).contains("Content-Type: application/json\r\n");
        assertThat(request).doesNotContainIgnoringCase("origin:").doesNotContainIgnoringCase("content-encoding");
    }

    @Test
    void anErrorShowsNoQueryAndNoUserInfo() throws IOException {
        RawServer server = server(RawServer.always(answer(404, "", "{\"error_code\":\"NO\",\"message\":\"no run\"}")));
        CallFailedException failure = failure(transport(server, null, null), GET);
        assertThat(failure).hasMessageContaining("NO: no run").hasMessageNotContaining("secretquery");
        assertThat(failure.errorCode()).contains("NO");
    }

    private RawServer server(RawServer.Script script) throws IOException {
        RawServer server = new RawServer(script);
        open.add(server);
        return server;
    }

    private Transport transport(RawServer server, RequestAuth gate, RequestAuth app) {
        return transport(server, TransportSettings.builder().build(), gate, app);
    }

    private Transport transport(RawServer server, TransportSettings settings, RequestAuth gate, RequestAuth app) {
        Transport transport = new Transport(
                Origin.of(server.uri(), false, false),
                settings,
                AuthLayers.of(gate, app),
                ExtraHeaders.of("mlflow-java-client/x", null, List.of()),
                new RetryRules(settings.retry()),
                waits::add);
        open.add(transport);
        return transport;
    }

    private static CallFailedException failure(Transport transport, HttpCall call) {
        return catchThrowableOfType(CallFailedException.class, () -> transport.json(call));
    }

    private static void parkUntilClosed(java.net.Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // Whatever else comes is of no interest; the client closes when it gives up.
        }
        socket.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
