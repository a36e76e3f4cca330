package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.ProxySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Sends requests through the proxy of the settings, and answers it with the proxy's credentials, but nobody else. */
final class ProxyRules extends ProxySelector {
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final ProxySettings settings;
    private final Proxy proxy;

    private ProxyRules(ProxySettings settings) {
        this.settings = settings;
        this.proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(settings.host(), settings.port()));
    }

    static void apply(ProxySettings settings, OkHttpClient.Builder client) {
        ProxyRules rules = new ProxyRules(settings);
        client.proxySelector(rules);
        rules.credentials()
                .ifPresent(
                        value -> client.proxyAuthenticator(forTunnel(value)).addInterceptor(rules.forPlainHttp(value)));
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(settings.appliesTo(uri) ? proxy : Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The call fails with the same exception.
    }

    private Optional<String> credentials() {
        return settings.user()
                .map(user -> Credentials.basic(user, settings.password().orElse(""), StandardCharsets.UTF_8));
    }

    /**
     * For https the proxy sees only the CONNECT request. Any other 407 comes from behind the tunnel and must not get the
     * proxy's password.
     */
    private static Authenticator forTunnel(String value) {
        return (route, response) -> {
            Request request = response.request();
            boolean first = request.header(PROXY_AUTHORIZATION) == null;
            return first && request.method().equals("CONNECT")
                    ? request.newBuilder().header(PROXY_AUTHORIZATION, value).build()
                    : null;
        };
    }

    /** For plain http the credential goes along with the first try, because a body can be sent only once. */
    private Interceptor forPlainHttp(String value) {
        return chain -> {
            Request request = chain.request();
            HttpUrl url = request.url();
            return chain.proceed(
                    url.isHttps() || !settings.appliesTo(url.uri())
                            ? request
                            : request.newBuilder()
                                    .header(PROXY_AUTHORIZATION, value)
                                    .build());
        };
    }
}
