package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Passes a request on to the application and its answer back, both as streams. */
final class Upstream {
    /** Of one connection only, so not passed on; the lengths are set again for the next one. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "content-length",
            "date");

    private final URI base;
    private final Counters counters;

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
        ClassicHttpRequest request = request(call, withheld, added);
        Optional<HttpEntity> body = call.entity().map(entity -> new DigestedEntity(entity, digest));
        body.ifPresent(request::setEntity);
        UpstreamExchange exchange =
                new UpstreamExchange(base, () -> counters.forwarded(call.method(), call.target(), digest.digest()));
        call.entity().ifPresent(entity -> call.replaceEntity(new SharedEntity(entity, exchange)));
        try {
            ClassicHttpResponse response = exchange.send(request);
            return answer(call, response, exchange);
        } catch (IOException | HttpException e) {
            exchange.close();
            return Answer.html(502, "The application behind the proxy did not answer: " + e);
        }
    }

    private ClassicHttpRequest request(Call call, Set<String> withheld, Map<String, String> added) {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/$", "");
        ClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), path + call.target());
        for (Header header : call.headers()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !withheld.contains(name)) {
                request.addHeader(header.getName(), header.getValue());
            }
        }
        added.forEach(request::setHeader);
        request.setHeader("Connection", "close");
        return request;
    }

    private static Answer answer(Call call, ClassicHttpResponse response, UpstreamExchange exchange)
            throws IOException {
        Answer answer = Answer.streamed(response.getCode(), entity(call, response, exchange));
        for (Header header : response.getHeaders()) {
            if (!HOP_BY_HOP.contains(header.getName().toLowerCase(Locale.ROOT))) {
                answer.with(header.getName(), header.getValue());
            }
        }
        return answer;
    }

    /** An answer to HEAD has the length of a body that does not come. */
    private static @Nullable HttpEntity entity(Call call, ClassicHttpResponse response, UpstreamExchange exchange)
            throws IOException {
        HttpEntity body = response.getEntity();
        if (body != null) {
            return new InputStreamEntity(exchange.closingAtItsEnd(body.getContent()), body.getContentLength(), null);
        }
        exchange.close();
        Header length = response.getFirstHeader("Content-Length");
        return call.method().equals("HEAD") && length != null
                ? new InputStreamEntity(InputStream.nullInputStream(), Long.parseLong(length.getValue()), null)
                : null;
    }
}
