package io.github.mlflowauth.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request without credentials, to see who answers at all. It shows what a gate does with a stranger. Never follows
 * a redirect. Its answer is kept.
 */
final class Probe {
    private static final int MAX_BODY = 4_096;

    private final Patient patient;
    private @Nullable HttpResponse<String> answer;
    private @Nullable String whyNot;

    Probe(Patient patient) {
        this.patient = patient;
    }

    /** The answer to an anonymous {@code GET /health}; empty if there is none, see {@link #whyNot}. */
    Optional<HttpResponse<String>> answer() {
        if (answer == null && whyNot == null) {
            ask();
        }
        return Optional.ofNullable(answer);
    }

    String whyNot() {
        return String.valueOf(whyNot);
    }

    private void ask() {
        if (patient.isProxied()) {
            whyNot = "a proxy is set";
        } else if (patient.transport().tls().isInsecure()) {
            whyNot = "MLFLOW_TRACKING_INSECURE_TLS is set, so the answer could be anyone's";
        } else if (patient.transport().tls().clientCertificate().isPresent()) {
            whyNot = "the server is for clients with a certificate";
        } else {
            send();
        }
    }

    private void send() {
        try {
            answer = client().send(
                            request(),
                            info -> HttpResponse.BodySubscribers.mapping(
                                    HttpResponse.BodySubscribers.ofByteArray(), Probe::text));
        } catch (IOException | GeneralSecurityException e) {
            whyNot = "the anonymous request got no answer (" + e.getClass().getSimpleName() + ")";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            whyNot = "interrupted";
        }
    }

    private static String text(byte[] body) {
        return new String(body, 0, Math.min(body.length, MAX_BODY), StandardCharsets.UTF_8);
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patient.limit())
                .sslContext(TrustedTls.context(patient.transport().tls().caBundle()))
                .build();
    }

    private HttpRequest request() {
        // IAP shows its sign-in address only to those who accept any type.
        return HttpRequest.newBuilder(URI.create(patient.uri() + "/health"))
                .timeout(patient.limit())
                .header("Accept", "*/*")
                .build();
    }
}
