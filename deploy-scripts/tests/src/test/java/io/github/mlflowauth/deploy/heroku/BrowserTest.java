package io.github.mlflowauth.deploy.heroku;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.CreateRun;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A person with the password sees in the browser what a Java job logged. */
@Requires({Component.DOCKER, Component.CHROMIUM, Component.NGINX})
class BrowserTest {
    private static final String RUN_NAME = "run-that-java-logged";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Gate gate;

    @SuppressWarnings("NullAway.Init")
    private static TlsRouter router;

    @BeforeAll
    static void start() throws IOException {
        gate = Gate.start();
        router = new TlsRouter(folder, gate.port());
    }

    @AfterAll
    static void stop() {
        router.close();
        gate.close();
    }

    @Test
    void thePageOfTheExperimentShowsTheRun() {
        String experiment = logARun();
        ChromeDriver browser = browser();
        try {
            // The browser remembers the password for this origin; pages may not have it in their own address.
            browser.get("https://" + encoded(Gate.USER) + ":" + encoded(Gate.PASSWORD) + "@" + Gate.HOST + "/health");
            browser.get("https://" + encoded(Gate.USER) + ":" + encoded(Gate.PASSWORD) + "@" + Gate.HOST + "/version");
            browser.get("https://" + Gate.HOST + "/#/experiments/" + experiment + "/runs");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    browser.findElement(By.tagName("body")).getText())
                            .contains(RUN_NAME));
        } finally {
            browser.quit();
        }
    }

    @Test
    void withoutThePasswordThereIsNoPage() {
        ChromeDriver browser = browser();
        try {
            browser.get("https://" + Gate.HOST + "/");

            assertThat(browser.getTitle()).isNotEqualTo("MLflow");
            assertThat(browser.findElements(By.id("root"))).isEmpty();
        } finally {
            browser.quit();
        }
    }

    private static String logARun() {
        try (AuthMlflowClient client = MlflowClients.forBasicAuth(gate.uri().toString(), Gate.USER, Gate.PASSWORD)) {
            String experiment = client.createExperiment("seen in a browser");
            String run = client.createRun(CreateRun.newBuilder()
                            .setExperimentId(experiment)
                            .setRunName(RUN_NAME)
                            .setStartTime(System.currentTimeMillis())
                            .build())
                    .getRunId();
            client.logMetric(run, "loss", 0.25, System.currentTimeMillis(), 1);
            client.setTerminated(run);
            return experiment;
        }
    }

    /** It reaches the router under the public name, and nothing else under any name. */
    private static ChromeDriver browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--ignore-certificate-errors",
                "--window-size=1400,900",
                "--user-data-dir=" + folder.resolve("profile-" + System.nanoTime()),
                "--host-resolver-rules=MAP " + Gate.HOST + ":443 127.0.0.1:" + router.port()
                        + ",MAP * ~NOTFOUND,EXCLUDE 127.0.0.1");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(program("chromedriver")))
                .usingAnyFreePort()
                .withEnvironment(Map.of("HOME", folder.toString()))
                .build();
        return new ChromeDriver(service, options);
    }

    private static String program(String name) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(path -> Path.of(path, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
