package io.github.mlflowauth.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Whether the TLS handshake works, and how long the certificate will. */
final class TlsCheck {
    private static final Duration SOON = Duration.ofDays(14);
    private static final String CERT_PATH = "MLFLOW_TRACKING_SERVER_CERT_PATH";

    private final Patient patient;

    TlsCheck(Patient patient) {
        this.patient = patient;
    }

    Finding run(String check) {
        if (!patient.isHttps()) {
            return plain(check);
        }
        if (patient.isProxied()) {
            return Finding.notChecked(check, "a proxy is set; the auth check goes through it");
        }
        if (patient.transport().tls().clientCertificate().isPresent()) {
            return Finding.notChecked(check, "a client certificate is set; the auth check uses it");
        }
        try {
            return handshake(check);
        } catch (IOException | GeneralSecurityException e) {
            return patient.transport().tls().isInsecure() ? unchecked(check, e) : failed(check, e);
        }
    }

    private Finding plain(String check) {
        InetSocketAddress address = new InetSocketAddress(patient.host(), patient.port());
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress()
                ? Finding.ok(check, "plain http on this machine")
                : Finding.warning(
                        check,
                        "plain http: whoever is on the way can read everything",
                        "Use https unless you trust the whole network.");
    }

    private Finding handshake(String check) throws IOException, GeneralSecurityException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(patient.host(), patient.port()), patient.millis());
            plain.setSoTimeout(patient.millis());
            SSLSocket socket =
                    (SSLSocket) TrustedTls.context(patient.transport().tls().caBundle())
                            .getSocketFactory()
                            .createSocket(plain, patient.host(), patient.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return certificate(check, socket.getSession());
        }
    }

    private static Finding certificate(String check, SSLSession session) throws IOException {
        X509Certificate own = (X509Certificate) session.getPeerCertificates()[0];
        Instant end = own.getNotAfter().toInstant();
        String what = session.getProtocol() + ", certificate valid until " + end;
        return Instant.now().plus(SOON).isAfter(end)
                ? Finding.warning(check, what, "Renew the server's certificate.")
                : Finding.ok(check, what);
    }

    private static Finding unchecked(String check, Exception e) {
        return Finding.warning(
                check,
                "the certificate doesn't hold (" + rootOf(e).getMessage()
                        + ") and MLFLOW_TRACKING_INSECURE_TLS accepts it",
                "Use it for a test server only: set " + CERT_PATH + " to the authority's PEM file instead.");
    }

    private static Finding failed(String check, Exception e) {
        Throwable root = rootOf(e);
        String text = String.valueOf(root.getMessage());
        return Finding.problem(check, "the handshake failed: " + text, remedy(root, text));
    }

    private static String remedy(Throwable root, String text) {
        if (root instanceof CertificateExpiredException) {
            return "Renew the server's certificate, or check this machine's clock.";
        }
        if (text.contains("certification path") || text.contains("trust")) {
            return "The server's certificate isn't signed by an authority that this machine trusts: set " + CERT_PATH
                    + " to the PEM file of the one that signed it.";
        }
        if (text.contains("subject alternative") || text.contains("No name matching")) {
            return "The certificate is for another name: use the name that is in it in MLFLOW_TRACKING_URI.";
        }
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return "This port speaks plain http: check scheme and port in MLFLOW_TRACKING_URI.";
        }
        return "Check that this is the https port, and whether the server wants a client certificate"
                + " (MLFLOW_TRACKING_CLIENT_CERT_PATH).";
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
