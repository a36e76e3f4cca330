package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.http.TransportSettings;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** With no TLS settings the JVM's default context decides, also one that is set later. */
class JvmTlsTest {
    private final HeldCertificate certificate =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();

    @Test
    void theJvmsDefaultContextDecides() throws Exception {
        SSLContext standard = SSLContext.getDefault();
        try (TlsServer server = new TlsServer(certificate, null);
                PoolLease lease = HttpPools.open(TransportSettings.builder().build())) {
            assertThatThrownBy(() -> get(lease, server)).isInstanceOf(SSLHandshakeException.class);
            SSLContext.setDefault(new HandshakeCertificates.Builder()
                    .addTrustedCertificate(certificate.certificate())
                    .build()
                    .sslContext());
            assertThat(get(lease, server)).isEqualTo("nobody");
        } finally {
            SSLContext.setDefault(standard);
        }
    }

    @Test
    void theTrustManagerBesideItTrustsNobodyOfItsOwn() {
        JvmTls.Trust trust = new JvmTls.Trust();
        assertThatThrownBy(() -> trust.checkServerTrusted(
                        new java.security.cert.X509Certificate[] {certificate.certificate()}, "ECDHE_ECDSA"))
                .isInstanceOf(java.security.cert.CertificateException.class);
    }

    private static String get(PoolLease lease, TlsServer server) throws IOException {
        Request request = new Request.Builder()
                .url("https://localhost:" + server.port() + "/")
                .build();
        try (Response response = lease.client().newCall(request).execute()) {
            return response.body().string();
        }
    }
}
