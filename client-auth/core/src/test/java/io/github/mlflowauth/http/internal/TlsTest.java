package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.http.TlsSettings;
import io.github.mlflowauth.http.TransportSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with a real https server. */
class TlsTest {
    private static HeldCertificate authority;
    private static HeldCertificate localhost;

    @TempDir
    Path folder;

    private TlsServer server;

    @BeforeAll
    static void makeCertificates() {
        authority = new HeldCertificate.Builder()
                .commonName("Test authority")
                .certificateAuthority(0)
                .build();
        localhost = signed("localhost").addSubjectAlternativeName("localhost").build();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aPrivateAuthorityIsTrustedThroughItsBundle() throws Exception {
        server = new TlsServer(localhost, null);
        String otherAuthority = signed("other").certificateAuthority(0).build().certificatePem();
        Path bundle =
                write("ca.pem", "# Issuer: other - comment -\n" + otherAuthority + "\n" + authority.certificatePem());
        assertThat(get(TlsSettings.builder().caBundle(bundle), "localhost")).isEqualTo("nobody");
    }

    @Test
    void aBundleReplacesTheJvmsAuthoritiesAndTheJvmDoesNotKnowThePrivateOne() throws Exception {
        server = new TlsServer(localhost, null);
        assertThatThrownBy(() -> get(TlsSettings.builder(), "localhost")).isInstanceOf(SSLHandshakeException.class);
        Path other =
                write("other.pem", signed("x").certificateAuthority(0).build().certificatePem());
        assertThatThrownBy(() -> get(TlsSettings.builder().caBundle(other), "localhost"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theHostNameIsChecked() throws Exception {
        server = new TlsServer(localhost, null);
        Path bundle = write("ca.pem", authority.certificatePem());
        assertThatThrownBy(() -> get(TlsSettings.builder().caBundle(bundle), "127.0.0.1"))
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void insecureChecksNeitherCertificateNorHostName() throws Exception {
        server = new TlsServer(localhost, null);
        assertThat(get(TlsSettings.builder().insecure(true), "127.0.0.1")).isEqualTo("nobody");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theClientShowsItsCertificate(boolean rsa) throws Exception {
        server = new TlsServer(localhost, authority);
        HeldCertificate client = (rsa ? signed("ann").rsa2048() : signed("ann")).build();
        TlsSettings.Builder tls = TlsSettings.builder()
                .caBundle(write("ca.pem", authority.certificatePem()))
                .clientCertificate(write("me.pem", client.privateKeyPkcs8Pem() + client.certificatePem()));
        assertThat(get(tls, "localhost")).isEqualTo("CN=ann");
    }

    @Test
    void theChainGoesAlongWithTheClientsCertificate() throws Exception {
        server = new TlsServer(localhost, authority);
        HeldCertificate middle = signed("middle").certificateAuthority(0).build();
        HeldCertificate client =
                new HeldCertificate.Builder().commonName("bob").signedBy(middle).build();
        String pem = client.certificatePem() + middle.certificatePem() + client.privateKeyPkcs8Pem();
        TlsSettings.Builder tls = TlsSettings.builder()
                .caBundle(write("ca.pem", authority.certificatePem()))
                .clientCertificate(write("me.pem", pem));
        assertThat(get(tls, "localhost")).isEqualTo("CN=bob");
    }

    @Test
    void aServerThatWantsACertificateRefusesAClientWithoutOne() throws Exception {
        server = new TlsServer(localhost, authority);
        Path bundle = write("ca.pem", authority.certificatePem());
        assertThatThrownBy(() -> get(TlsSettings.builder().caBundle(bundle), "localhost"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theInsecureWarningIsGivenOnce() {
        PrintStream standard = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            InsecureWarning warning = new InsecureWarning();
            warning.giveOnce();
            warning.giveOnce();
        } finally {
            System.setErr(standard);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("TLS certificates and host names are not checked");
    }

    @Test
    void aSocketUnderTlsHasNoDelay() throws Exception {
        server = new TlsServer(localhost, null);
        TransportSettings settings = TransportSettings.builder()
                .tls(TlsSettings.builder().insecure(true).build())
                .build();
        try (PoolLease lease = HttpPools.open(settings)) {
            Request request = new Request.Builder()
                    .url("https://localhost:" + server.port())
                    .build();
            boolean[] noDelay = new boolean[1];
            lease.client()
                    .newBuilder()
                    .addNetworkInterceptor(chain -> {
                        noDelay[0] = chain.connection().socket().getTcpNoDelay();
                        return chain.proceed(chain.request());
                    })
                    .build()
                    .newCall(request)
                    .execute()
                    .close();
            assertThat(noDelay[0]).isTrue();
        }
    }

    private String get(TlsSettings.Builder tls, String host) throws IOException {
        TransportSettings settings =
                TransportSettings.builder().tls(tls.build()).build();
        Request request = new Request.Builder()
                .url("https://" + host + ":" + server.port() + "/")
                .build();
        try (PoolLease lease = HttpPools.open(settings);
                Response response = lease.client().newCall(request).execute()) {
            return response.body().string();
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static HeldCertificate.Builder signed(String name) {
        return new HeldCertificate.Builder().commonName(name).signedBy(authority);
    }
}
