package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The JVM's default TLS context, fetched at the first https connection: reading its authorities takes a tenth of a second,
 * which a client for plain http on a test machine doesn't have to wait for.
 */
final class JvmTls extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return jvms().createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return jvms().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return jvms().createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return jvms().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return jvms().createSocket(address, port, localAddress, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return ((SSLSocketFactory) SSLSocketFactory.getDefault()).getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return ((SSLSocketFactory) SSLSocketFactory.getDefault()).getSupportedCipherSuites();
    }

    private static SSLSocketFactory jvms() throws IOException {
        try {
            return SSLContext.getDefault().getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(
                    "The JVM could not set up its default TLS context (javax.net.ssl.trustStore and"
                            + " javax.net.ssl.keyStore): " + e.getMessage(),
                    e);
        }
    }

    /**
     * What the engine gets beside the factory. The factory's own context checks the server, so this one is asked for its
     * issuers only, which the engine needs for pinned certificates; there are none here.
     */
    static final class Trust implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            ofJvm().checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            ofJvm().checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static X509TrustManager ofJvm() throws CertificateException {
            try {
                return Tls.trust((KeyStore) null);
            } catch (GeneralSecurityException e) {
                throw new CertificateException("The JVM's trust store can't be used: " + e.getMessage(), e);
            }
        }
    }
}
