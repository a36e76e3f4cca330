package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Sets up https as the settings say; with nothing set, as the JVM's default context says. */
final class Tls {
    private static final char[] IN_MEMORY_ONLY = {};

    private Tls() {}

    /**
     * @throws IllegalArgumentException if a file is missing or wrong
     */
    static void apply(TlsSettings settings, OkHttpClient.Builder client) {
        if (settings.equals(TlsSettings.builder().build())) {
            client.sslSocketFactory(new JvmTls(), new JvmTls.Trust());
            return;
        }
        try {
            X509TrustManager trust = trust(settings);
            client.sslSocketFactory(context(settings, trust).getSocketFactory(), trust);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The JVM could not set up TLS: " + e.getMessage(), e);
        }
        if (settings.isInsecure()) {
            InsecureWarning.SHARED.giveOnce();
            client.hostnameVerifier((host, session) -> true);
        }
    }

    private static SSLContext context(TlsSettings settings, X509TrustManager trust)
            throws GeneralSecurityException, IOException {
        KeyManager @Nullable [] keys = settings.clientCertificate().isPresent()
                ? keys(settings.clientCertificate().get())
                : null;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust}, null);
        return context;
    }

    private static X509TrustManager trust(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.isInsecure()) {
            return new TrustEverybody();
        }
        return trust(settings.caBundle().isPresent() ? store(settings.caBundle().get()) : null);
    }

    /**
     * @param authorities whom to trust, or null for those of the JVM
     */
    static X509TrustManager trust(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new NoSuchAlgorithmException("no X.509 trust manager"));
    }

    private static KeyStore store(Path caBundle) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        List<X509Certificate> certificates = PemFile.read(caBundle, "CA bundle").certificates();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return store;
    }

    private static KeyManager[] keys(Path clientCertificate) throws GeneralSecurityException, IOException {
        PemFile file = PemFile.read(clientCertificate, "client certificate");
        List<X509Certificate> chain = file.certificates();
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                PrivateKeys.of(file, chain.get(0).getPublicKey()),
                IN_MEMORY_ONLY,
                chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY_ONLY);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
