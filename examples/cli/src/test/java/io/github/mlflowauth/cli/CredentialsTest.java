package io.github.mlflowauth.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which credential a command sends. */
class CredentialsTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static final String SEARCH = "/api/2.0/mlflow/experiments/search";

    @TempDir
    Path folder;

    @BeforeEach
    void answersSearches() {
        SERVER.stubFor(post(urlPathMatching(SEARCH)).willReturn(okJson("{}")));
        SERVER.stubFor(com.github.tomakehurst.wiremock.client.WireMock.get(urlPathMatching(SEARCH))
                .willReturn(okJson("{}")));
    }

    @Test
    void theEnvironmentIsEnough() {
        cli().env("MLFLOW_TRACKING_USERNAME", "ada")
                .env("MLFLOW_TRACKING_PASSWORD", "from-environment")
                .run("experiments", "list");

        assertSent("ada", "from-environment");
    }

    @Test
    void theUserOptionWinsOverTheEnvironmentAndTakesItsPasswordFromThere() {
        cli().env("MLFLOW_TRACKING_USERNAME", "ada")
                .env("MLFLOW_TRACKING_PASSWORD", "from-environment")
                .run("experiments", "list", "--user", "bob");

        assertSent("bob", "from-environment");
    }

    @Test
    void thePasswordFileWinsOverTheEnvironment() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "from-file\nnot this\n");

        cli().env("MLFLOW_TRACKING_PASSWORD", "from-environment")
                .run("experiments", "list", "--user", "ada", "--password-file", file.toString());

        assertSent("ada", "from-file");
    }

    @Test
    void aPersonIsAskedWhenThereIsNoOtherPassword() {
        cli().typing("from-terminal").run("experiments", "list", "--user", "ada");

        assertSent("ada", "from-terminal");
    }

    @Test
    void theTrackingUriOptionWinsOverTheEnvironment() {
        Cli.Result result = new Cli()
                .env("MLFLOW_TRACKING_URI", "http://127.0.0.1:1")
                .run("experiments", "list", "--tracking-uri", SERVER.baseUrl());

        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    private static Cli cli() {
        return new Cli().env("MLFLOW_TRACKING_URI", SERVER.baseUrl());
    }

    private static void assertSent(String user, String password) {
        BasicCredentials credentials = new BasicCredentials(user, password);
        int sent = 0;
        for (RequestPatternBuilder request : new RequestPatternBuilder[] {
            getRequestedFor(urlPathMatching(SEARCH)), postRequestedFor(urlPathMatching(SEARCH))
        }) {
            sent += SERVER.findAll(request.withBasicAuth(credentials)).size();
        }
        assertThat(sent).isEqualTo(1);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }
}
