package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;

/** Passes a request on to the application and its answer back, both as streams. */
final class Upstream {
    /** Of this connection only, or set by the client below itself. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "host",
            "content-length",
            "date");

    private final URI base;
    private final Counters counters;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.of(null))
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Upstream(URI base, Counters counters) {
        this.base = base;
        this.counters = counters;
    }

    /**
     * @param withheld names of headers, in lower case, that the application must not see
     * @param added headers that the proxy itself sets
     */
    Answer forward(Call call, Set<String> withheld, Map<String, String> added) {
        MessageDigest digest = Counters.digest();
        HttpRequest.Builder request = HttpRequest.newBuilder(target(call));
        for (Header header : call.headers()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !withheld.contains(name)) {
                request.header(header.getName(), header.getValue());
            }
        }
        added.forEach(request::setHeader);
        request.method(
                call.method(),
                call.entity().map(entity -> publisher(entity, digest)).orElseGet(BodyPublishers::noBody));
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            counters.forwarded(call.method(), call.target(), digest.digest());
            return answer(call, response);
        } catch (IOException | UncheckedIOException e) {
            return Answer.html(502, "The application behind the proxy did not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.html(502, "The proxy is closing");
        }
    }

    private URI target(Call call) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + call.target());
    }

    private static BodyPublisher publisher(HttpEntity entity, MessageDigest digest) {
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> {
            try {
                return new DigestInputStream(entity.getContent(), digest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        long length = entity.getContentLength();
        if (length == 0) {
            return BodyPublishers.noBody();
        }
        return length < 0 ? stream : new Sized(stream, length);
    }

    private static Answer answer(Call call, HttpResponse<InputStream> response) {
        long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        Answer answer = Answer.streamed(response.statusCode(), entity(call, response, length));
        for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
            if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> answer.with(header.getKey(), value));
            }
        }
        return answer;
    }

    private static @Nullable HttpEntity entity(Call call, HttpResponse<InputStream> response, long length) {
        int status = response.statusCode();
        if (status == 204 || status == 304) {
            return null;
        }
        return new InputStreamEntity(response.body(), call.method().equals("HEAD") && length < 0 ? 0 : length, null);
    }

    /** Keeps the length that the client declared, so that the application sees it too. */
    private static final class Sized implements BodyPublisher {
        private final BodyPublisher stream;
        private final long length;

        Sized(BodyPublisher stream, long length) {
            this.stream = stream;
            this.length = length;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            stream.subscribe(subscriber);
        }
    }
}
