package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.iap.Face;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.internal.Component;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person with a browser, and a program with the client, meet behind Identity-Aware Proxy. */
class BrowserTest {
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private IapEmulator iap;
    private WebDriver browser;

    @BeforeEach
    void open() {
        iap = IapEmulator.builder().upstream(Servers.open().uri()).start();
        browser = chromium(folder.resolve("profile"));
    }

    @AfterEach
    void close() {
        browser.quit();
        iap.close();
    }

    @Test
    void whoSignsInSeesTheRunThatTheClientLogged() {
        String runId;
        String experiment;
        try (AuthMlflowClient client = new IapProgram(iap, IapIdentity.KEY_FILE, iap.clientId(), folder).client()) {
            experiment = client.createExperiment("browser-" + iap.uri().getPort());
            runId = client.createRun(experiment).getRunId();
            client.logParam(runId, "seen-by", "a person with a browser");
            client.setTerminated(runId);
        }
        iap.grantAccess("ada@example.com");

        browser.get(iap.uri().toString());
        assertThat(browser.getCurrentUrl()).startsWith(iap.accountsUri().toString());
        browser.findElement(By.id("identifierId")).sendKeys("ada@example.com");
        browser.findElement(By.id("identifierNext")).click();
        await(ExpectedConditions.urlContains(iap.uri().toString()));
        browser.get(iap.uri() + "/#/experiments/" + experiment + "/runs/" + runId);

        await(ExpectedConditions.textToBePresentInElementLocated(By.tagName("body"), "a person with a browser"));
        assertThat(browser.findElement(By.tagName("body")).getText()).contains("seen-by", runId);
        assertThat(iap.violations()).isEmpty();
    }

    @Test
    void whoHasNoAccessIsTurnedAway() {
        browser.get(iap.uri().toString());
        browser.findElement(By.id("identifierId")).sendKeys("eve@example.com");
        browser.findElement(By.id("identifierNext")).click();
        await(ExpectedConditions.urlContains(iap.uri().toString()));

        assertThat(browser.findElement(By.tagName("body")).getText()).contains("access");
        assertThat(browser.getPageSource()).doesNotContain("mlflow");
        assertThat(iap.requests(Face.ACCOUNTS)).isGreaterThanOrEqualTo(2);
    }

    private <T> void await(org.openqa.selenium.support.ui.ExpectedCondition<T> condition) {
        new WebDriverWait(browser, PAGE_LIMIT).until(condition);
    }

    /** Headless, and cut off from everything but this machine. */
    private static WebDriver chromium(Path profile) {
        ChromeOptions options = new ChromeOptions()
                .setBinary(Component.chromium().require().toString())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Component.chromedriver().require().toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }
}
