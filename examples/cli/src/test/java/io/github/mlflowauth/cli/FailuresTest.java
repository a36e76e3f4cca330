package io.github.mlflowauth.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a command ends when the server doesn't do what is asked. */
class FailuresTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @Test
    void aRefusedCallEndsWithOneAndPointsToTheDoctor() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(jsonResponse(
                        "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"Invalid clause(s) in filter\"}",
                        400)));

        Cli.Result result =
                new Cli().run("experiments", "search", "--filter", "nonsense", "--tracking-uri", SERVER.baseUrl());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Invalid clause(s) in filter", "mlflow-auth doctor");
    }

    @Test
    void aServerThatIsNotThereEndsWithOne() {
        Cli.Result result = new Cli()
                .env("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
                .run("experiments", "list", "--json", "--tracking-uri", "http://127.0.0.1:1");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Nothing answers on 127.0.0.1:1");
    }
}
