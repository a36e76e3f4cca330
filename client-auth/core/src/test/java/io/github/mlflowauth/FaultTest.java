package io.github.mlflowauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.auth.BearerAuth;
import io.github.mlflowauth.http.RetrySettings;
import io.github.mlflowauth.http.TransportSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlflow.tracking.MlflowClientException;

/** The whole client against a server that misbehaves on purpose. */
class FaultTest {
    private static final String RUN_JSON =
            "{\"run\":{\"info\":{\"run_id\":\"r\",\"artifact_uri\":\"mlflow-artifacts:/0/r/artifacts\"}}}";
    private static final String PASSWORD = "topsecret-password";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension LOGIN = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private AuthMlflowClient client;

    @BeforeEach
    void connect() {
        client = newClient(builder -> builder.basicAuth("ada", PASSWORD));
    }

    @AfterEach
    void close() {
        client.close();
    }

    enum Call {
        READ(c -> c.getRun("r")),
        REPEATABLE_POST(c -> c.logMetric("r", "loss", 0.5, 1_700_000_000_000L, 3)),
        CREATE(c -> c.createRun("0"));

        private final Consumer<AuthMlflowClient> call;

        Call(Consumer<AuthMlflowClient> call) {
            this.call = call;
        }
    }

    @ParameterizedTest(name = "{0}: read {1}, repeatable {2}, create {3} requests")
    @CsvSource({
        "408, 4, 4, 1",
        "429, 4, 4, 4",
        "500, 3, 3, 1",
        "502, 4, 4, 1",
        "503, 4, 4, 1",
        "504, 4, 4, 1",
        "403, 1, 1, 1",
        "400, 1, 1, 1"
    })
    void statusesAreRetriedAsTheTableSays(int status, int read, int repeatable, int create) {
        answer(aResponse().withStatus(status));
        assertThat(requestsOf(Call.READ)).isEqualTo(read);
        assertThat(requestsOf(Call.REPEATABLE_POST)).isEqualTo(repeatable);
        assertThat(requestsOf(Call.CREATE)).isEqualTo(create);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void a503ThatSaysWhenIsSentAgain(Call call) {
        answer(aResponse().withStatus(503).withHeader("Retry-After", "0"));
        assertThat(requestsOf(call)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
    void aBrokenConnectionIsRetriedOnlyWhereThatDoesNoHarm(Fault fault) {
        answer(aResponse().withFault(fault));
        assertThat(requestsOf(Call.REPEATABLE_POST)).isEqualTo(4);
        assertThat(requestsOf(Call.CREATE)).isEqualTo(1);
        MlflowRequestException failure =
                catchThrowableOfType(MlflowRequestException.class, () -> client.createRun("0"));
        assertThat(failure).hasMessageContaining("may have been created").hasMessageNotContaining(PASSWORD);
        assertThat(failure.isOutcomeUnknown()).isTrue();
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void aRepeatedMetricKeepsItsTimestamp() {
        answer(aResponse().withStatus(502));
        requestsOf(Call.REPEATABLE_POST);
        assertThat(SERVER.findAll(anyRequestedFor(anyUrl())))
                .extracting(LoggedRequest::getBodyAsString)
                .hasSize(4)
                .containsOnly(SERVER.getAllServeEvents().get(0).getRequest().getBodyAsString());
    }

    @Test
    void aSlowAnswerEndsAtTheDeadline() {
        answer(okJson("{}").withFixedDelay(10_000));
        try (AuthMlflowClient hasty = newClient(b -> b.transport(t -> t.callDeadline(Duration.ofMillis(300))))) {
            assertThatThrownBy(() -> hasty.getRun("r"))
                    .isInstanceOf(MlflowRequestException.class)
                    .hasMessageContaining("deadline");
        }
    }

    @Test
    void aStalledArtifactBodyIsGivenUpAndLeavesNoFile(@TempDir Path folder) throws IOException {
        answer(okJson(RUN_JSON), "/api/2.0/mlflow/runs/get");
        answer(okJson("{\"files\":[{\"path\":\"m.bin\",\"is_dir\":false}]}"), "/api/2.0/mlflow-artifacts/artifacts");
        answer(
                aResponse().withStatus(200).withBody(new byte[100_000]).withChunkedDribbleDelay(2, 20_000),
                "/api/2.0/mlflow-artifacts/artifacts/.*");
        try (AuthMlflowClient hasty = newClient(b -> b.transport(t -> t.stallTimeout(Duration.ofMillis(200))
                .retry(t.retry().toBuilder().maxRetries(0).build())))) {
            assertThatThrownBy(() -> hasty.downloadArtifacts("r", "m.bin"))
                    .isInstanceOf(MlflowRequestException.class)
                    .hasMessageContaining("m.bin");
        }
    }

    @Test
    void aRedirectToALoginPageElsewhereNeverGetsTheCredential() {
        LOGIN.stubFor(any(anyUrl()).willReturn(aResponse().withBody("<html>Sign in</html>")));
        answer(aResponse().withStatus(302).withHeader("Location", LOGIN.baseUrl() + "/signin?client_id=abc"));
        for (Call call : Call.values()) {
            MlflowResponseException failure =
                    catchThrowableOfType(MlflowResponseException.class, () -> call.call.accept(client));
            assertThat(failure).hasMessageContaining("sign-in page").hasMessageNotContaining("client_id");
            assertThat(failure.refusedBy()).contains(AuthLayer.GATE);
        }
        assertThat(LOGIN.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aTokenRotatedWhileTheServerRefusesTheOldOneGetsThrough(boolean twoLayers, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "old-token");
        String header = twoLayers ? "Proxy-Authorization" : "Authorization";
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("token expired")));
        SERVER.stubFor(
                any(anyUrl()).withHeader(header, equalTo("Bearer new-token")).willReturn(okJson(RUN_JSON)));
        try (AuthMlflowClient behindGate = newClient(b -> {
            b.gate(BearerAuth.fromFile(file));
            if (twoLayers) {
                b.app(BasicAuth.of("ada", PASSWORD));
            }
        })) {
            assertThatThrownBy(() -> behindGate.createRun("0")).hasMessageContaining("token file");
            int refused = SERVER.getAllServeEvents().size();
            assertThat(refused).isEqualTo(1);
            // The rotation happens between reading the token and the answer, as it does in a long job.
            SERVER.stubFor(rotating(header, file));
            assertThat(behindGate.createRun("0").getRunId()).isEqualTo("r");
            assertThat(SERVER.getAllServeEvents()).hasSize(refused + 2);
        }
    }

    /** Not a fault of the wire: the file is rotated by the time the second request comes. */
    private static MappingBuilder rotating(String header, Path file) throws IOException {
        Files.writeString(file, "middle-token");
        return any(anyUrl())
                .withHeader(header, matching("Bearer middle-token"))
                .andMatching(request -> {
                    try {
                        Files.writeString(file, "new-token");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return MatchResult.exactMatch();
                })
                .willReturn(aResponse().withStatus(401).withBody("token expired"));
    }

    @Test
    void connectRefusedNamesTheAddress() {
        try (AuthMlflowClient nowhere = MlflowClients.builder()
                .trackingUri("http://127.0.0.1:1")
                .transport(FaultTest::quickRetries)
                .build()) {
            assertThatThrownBy(() -> nowhere.createRun("0"))
                    .isInstanceOf(MlflowRequestException.class)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageContaining("4 attempts");
        }
    }

    @Test
    void listedNamesThatLeadOutAreRefusedBeforeAnythingIsWritten() {
        answer(okJson(RUN_JSON), "/api/2.0/mlflow/runs/get");
        answer(okJson("{\"files\":[{\"path\":\"../evil\",\"is_dir\":false}]}"), "/api/2.0/mlflow-artifacts/artifacts");
        assertThatThrownBy(() -> client.downloadArtifacts("r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("../evil");
        SERVER.verify(0, getRequestedFor(urlPathMatching("/api/2.0/mlflow-artifacts/artifacts/.*")));
    }

    @ParameterizedTest
    @CsvSource({"s3://bucket/path, s3", "gs://bucket/path, gs", "wasbs://c@a/path, wasbs", "dbfs:/x, dbfs"})
    void rootsThatNeedAnotherModuleAreNamed(String root, String scheme) {
        answer(okJson(RUN_JSON.replace("mlflow-artifacts:/0/r/artifacts", root)), "/api/2.0/mlflow/runs/get");
        assertThatThrownBy(() -> client.downloadArtifacts("r"))
                .isInstanceOf(MlflowClientException.class)
                .hasMessageContaining(scheme + "://")
                .hasMessageContaining("--artifacts-destination");
    }

    @Test
    void artifactsProxiedByAnotherHostGetNoCredential() {
        answer(
                okJson(RUN_JSON.replace(
                        "mlflow-artifacts:/0", "mlflow-artifacts://127.0.0.1:" + LOGIN.getPort() + "/0")),
                "/api/2.0/mlflow/runs/get");
        assertThatThrownBy(() -> client.downloadArtifacts("r")).hasMessageContaining("another server");
        assertThat(LOGIN.getAllServeEvents()).isEmpty();
    }

    private int requestsOf(Call call) {
        SERVER.resetRequests();
        assertThatThrownBy(() -> call.call.accept(client)).isInstanceOf(MlflowClientException.class);
        return SERVER.getAllServeEvents().size();
    }

    private static void answer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    private static void answer(ResponseDefinitionBuilder response, String path) {
        SERVER.stubFor(get(urlPathMatching(path)).willReturn(response));
    }

    private static AuthMlflowClient newClient(Consumer<MlflowClientBuilder> change) {
        MlflowClientBuilder builder =
                MlflowClients.builder().trackingUri(SERVER.baseUrl()).transport(FaultTest::quickRetries);
        change.accept(builder);
        return builder.build();
    }

    private static void quickRetries(TransportSettings.Builder transport) {
        transport.retry(
                RetrySettings.builder().maxRetries(3).backoffFactor(0.001).build());
    }
}
