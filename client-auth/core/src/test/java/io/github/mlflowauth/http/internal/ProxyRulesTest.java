package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.http.ProxySettings;
import io.github.mlflowauth.http.TlsSettings;
import io.github.mlflowauth.http.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests through a real proxy. */
class ProxyRulesTest {
    private static final String CREDENTIAL = Credentials.basic("ann", "topsecret");
    private static HeldCertificate certificate;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() {
        certificate = new HeldCertificate.Builder().build();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void httpsGoesThroughATunnelThatSeesNothingButTheHost() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(""));
        TlsServer server = opened(new TlsServer(certificate, null));
        String url = "https://mlflow.example.com:" + server.port() + "/secret-path";
        assertThat(send(settings(proxy), request(url).header("Authorization", "Bearer topsecret")))
                .isEqualTo("nobody");
        assertThat(proxy.heads())
                .singleElement()
                .asString()
                .startsWith("CONNECT mlflow.example.com:" + server.port())
                .doesNotContain("topsecret", "secret-path");
    }

    @Test
    void theTunnelIsOpenedWithTheProxysCredential() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(CREDENTIAL));
        TlsServer server = opened(new TlsServer(certificate, null));
        ProxySettings.Builder settings = settings(proxy).credentials("ann", "topsecret");
        assertThat(send(settings, request("https://mlflow.example.com:" + server.port())))
                .isEqualTo("nobody");
    }

    @Test
    void aTunnelIsNotOpenedWithTheWrongCredential() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(CREDENTIAL));
        TlsServer server = opened(new TlsServer(certificate, null));
        Request.Builder request = request("https://mlflow.example.com:" + server.port());
        assertThatThrownBy(() -> send(settings(proxy).credentials("ann", "other"), request))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("other");
        assertThat(proxy.heads()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aOneShotBodyOverPlainHttpCarriesTheProxysCredentialAtOnce() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(CREDENTIAL));
        RawServer server = opened(new RawServer(RawServer.always(RawServer.json("{}"))));
        String url = "http://mlflow.example.com:" + server.uri().getPort() + "/create";
        Request.Builder request = request(url).post(new OneShot("{\"a\":1}"));
        assertThat(send(settings(proxy).credentials("ann", "topsecret"), request))
                .isEqualTo("{}");
        assertThat(proxy.heads()).hasSize(1);
    }

    /** A 407 from behind the tunnel is no question of the proxy's. */
    @Test
    void theProxysPasswordNeverGoesToTheServer() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(""));
        RawServer server = opened(new RawServer(tlsSocket(), RawServer.always(RawServer.answer(407, "", ""))));
        String url = "https://mlflow.example.com:" + server.uri().getPort();
        Request.Builder request = request(url);
        send(settings(proxy).credentials("ann", "topsecret"), request);
        assertThat(server.requests()).singleElement().asString().doesNotContain("Proxy-Authorization");
        assertThat(proxy.heads()).singleElement().asString().contains("Proxy-Authorization: " + CREDENTIAL);
    }

    @Test
    void aListedHostIsReachedDirectlyAndWithoutTheProxysCredential() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(CREDENTIAL));
        RawServer server = opened(new RawServer(RawServer.always(RawServer.json("{}"))));
        ProxySettings.Builder settings =
                settings(proxy).credentials("ann", "topsecret").noProxy(List.of("127.0.0.0/8"));
        assertThat(send(settings, request(server.uri().toString()))).isEqualTo("{}");
        assertThat(proxy.heads()).isEmpty();
        assertThat(server.requests()).singleElement().asString().doesNotContain("Proxy-Authorization");
    }

    @Test
    void loopbackGoesThroughTheProxyUnlessItIsListed() throws IOException {
        ConnectProxy proxy = opened(new ConnectProxy(""));
        RawServer server = opened(new RawServer(RawServer.always(RawServer.json("{}"))));
        assertThat(send(settings(proxy), request(server.uri().toString()))).isEqualTo("{}");
        assertThat(proxy.heads()).hasSize(1);
    }

    private static ProxySettings.Builder settings(ConnectProxy proxy) {
        return ProxySettings.builder("127.0.0.1", proxy.port());
    }

    private static Request.Builder request(String url) {
        return new Request.Builder().url(url);
    }

    private static String send(ProxySettings.Builder proxy, Request.Builder request) throws IOException {
        TransportSettings settings = TransportSettings.builder()
                .proxy(proxy.build())
                .tls(TlsSettings.builder().insecure(true).build())
                .build();
        try (PoolLease lease = HttpPools.open(settings);
                Response response = lease.client().newCall(request.build()).execute()) {
            return response.body().string();
        }
    }

    private static ServerSocket tlsSocket() throws IOException {
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** A body that OkHttp may send only once, as all of ours are. */
    private static final class OneShot extends RequestBody {
        private final String text;

        OneShot(String text) {
            this.text = text;
        }

        @Override
        public MediaType contentType() {
            return null;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8(text);
        }
    }
}
