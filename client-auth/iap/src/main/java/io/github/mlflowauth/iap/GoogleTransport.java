package io.github.mlflowauth.iap;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Google's auth library use {@link GoogleHttp}, because its own time-outs can't be set. */
final class GoogleTransport extends HttpTransport {
    private final GoogleHttp http;
    private final @Nullable String plainStart;

    GoogleTransport(GoogleHttp http) {
        this(http, null);
    }

    /**
     * @param plain an address of this machine that speaks plain http although the library insists on https
     */
    GoogleTransport(GoogleHttp http, @Nullable URI plain) {
        this.http = http;
        this.plainStart = plain == null ? null : "https://" + plain.getRawAuthority() + "/";
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        boolean plain = plainStart != null && url.startsWith(plainStart);
        return new Request(http, method, URI.create(plain ? url.replaceFirst("^https", "http") : url));
    }

    private static final class Request extends LowLevelHttpRequest {
        private final GoogleHttp http;
        private final String method;
        private final URI uri;
        private final Map<String, String> headers = new LinkedHashMap<>();

        Request(GoogleHttp http, String method, URI uri) {
            this.http = http;
            this.method = method;
            this.uri = uri;
        }

        @Override
        public void addHeader(String name, String value) {
            headers.put(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            byte[] body = null;
            if (getStreamingContent() != null) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                getStreamingContent().writeTo(bytes);
                body = bytes.toByteArray();
                addIfKnown("Content-Type", getContentType());
                addIfKnown("Content-Encoding", getContentEncoding());
            }
            headers.remove("Accept-Encoding"); // Nothing here unzips.
            return new Response(http.send(method, uri, headers, body));
        }

        private void addIfKnown(String name, @Nullable String value) {
            if (value != null) {
                headers.put(name, value);
            }
        }
    }

    private static final class Response extends LowLevelHttpResponse {
        private final GoogleAnswer answer;
        private final List<Map.Entry<String, String>> headers = new ArrayList<>();

        Response(GoogleAnswer answer) {
            this.answer = answer;
            answer.headers().forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public @Nullable String getContentEncoding() {
            return answer.header("Content-Encoding");
        }

        @Override
        public long getContentLength() {
            return answer.body().length;
        }

        @Override
        public @Nullable String getContentType() {
            return answer.header("Content-Type");
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
