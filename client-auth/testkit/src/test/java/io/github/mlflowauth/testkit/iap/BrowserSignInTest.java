package io.github.mlflowauth.testkit.iap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a browser, here by a client with a cookie jar. */
class BrowserSignInTest {
    private static final Pattern FIELD = Pattern.compile("name=\"(redirect_uri|state)\" value=\"([^\"]*)\"");

    private EchoApp app;
    private IapEmulator iap;

    @BeforeEach
    void start() throws IOException {
        app = new EchoApp();
        iap = IapEmulator.builder().upstream(app.uri()).start();
        iap.grantAccess("person@example.com");
    }

    @AfterEach
    void stop() {
        iap.close();
        app.close();
    }

    @Test
    void signingInLeadsBackToThePageThatWasWanted() throws Exception {
        HttpClient browser = browser();
        HttpResponse<String> page = get(browser, iap.uri() + "/#ignored?");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getHost()).isEqualTo("localhost");
        HttpResponse<String> wanted = signIn(browser, page.body(), "person@example.com");
        assertThat(wanted.statusCode()).isEqualTo(201);
        assertThat(wanted.uri().getAuthority()).isEqualTo(iap.uri().getAuthority());
        assertThat(app.last().headers().getFirst("X-goog-authenticated-user-email"))
                .isEqualTo("accounts.google.com:person@example.com");
        assertThat(get(browser, iap.uri() + "/again").statusCode()).isEqualTo(201);
        assertThat(get(browser(), iap.uri() + "/again").body()).contains("identifierId");
    }

    @Test
    void whoSignsInWithoutAccessGets403() throws Exception {
        HttpClient browser = browser();
        String page = get(browser, iap.uri() + "/").body();
        assertThat(signIn(browser, page, "stranger@example.com").statusCode()).isEqualTo(403);
    }

    @Test
    void aStateThatAnotherBrowserTookAlongBuysNoSession() throws Exception {
        String page = get(browser(), iap.uri() + "/").body();
        assertThat(signIn(browser(), page, "person@example.com").statusCode()).isEqualTo(401);
    }

    @Test
    void theSignInPageSendsNobodyElsewhere() throws Exception {
        HttpResponse<String> reply = browser()
                .send(
                        HttpRequest.newBuilder(URI.create(iap.accountsUri() + "/signin"))
                                .POST(BodyPublishers.ofString(
                                        "email=person@example.com&state=x&redirect_uri=http://evil.example.com/"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("redirect_uri_mismatch");
    }

    @Test
    void aCredentialThatArrivesAtTheSignInHostIsRemembered() throws IOException {
        URI accounts = iap.accountsUri();
        assertThat(Requests.get(accounts, "Accept", "text/html").status()).isEqualTo(200);
        assertThat(iap.violations()).isEmpty();
        Requests.get(accounts, "Authorization", "Basic dTpw");
        Requests.post(accounts, "", "Proxy-Authorization", "Bearer secret-token");
        assertThat(iap.violations())
                .containsExactly(
                        "GET / on the sign-in host carried Authorization",
                        "POST / on the sign-in host carried Proxy-Authorization");
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private static HttpResponse<String> get(HttpClient browser, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/html,*/*")
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> signIn(HttpClient browser, String page, String email) throws Exception {
        StringBuilder form = new StringBuilder("email=" + BrowserSessions.encode(email));
        Matcher field = FIELD.matcher(page);
        while (field.find()) {
            form.append('&').append(field.group(1)).append('=').append(BrowserSessions.encode(field.group(2)));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(iap.accountsUri() + "/signin"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }
}
