package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One request as the caller means it, before auth and attempts. Immutable; its body can be written again. */
public final class HttpCall {
    private final String method;
    private final String path;
    private final @Nullable CallBody body;
    private final boolean bulk;

    private HttpCall(String method, String path, @Nullable CallBody body, boolean bulk) {
        this.method = method.toUpperCase(Locale.ROOT);
        this.path = path;
        this.body = body;
        this.bulk = bulk;
    }

    /**
     * An API call, under the call deadline.
     *
     * @param path below the tracking server's base, starting with a slash, percent-encoded, with its query if any
     * @param json null for no body
     */
    public static HttpCall api(String method, String path, @Nullable String json) {
        return new HttpCall(method, path, json == null ? null : new JsonBody(json), false);
    }

    /** A transfer of an artifact's bytes: no deadline, but a stall timeout. */
    public static HttpCall bulk(String method, String path, @Nullable CallBody body) {
        return new HttpCall(method, path, body, true);
    }

    String method() {
        return method;
    }

    /** Path and query. */
    String path() {
        return path;
    }

    @Nullable
    CallBody body() {
        return body;
    }

    boolean isBulk() {
        return bulk;
    }

    boolean isRepeatable() {
        return Repeatability.isRepeatable(method, pathWithoutQuery());
    }

    boolean isRemovalOrRestore() {
        return Repeatability.isRemovalOrRestore(method, pathWithoutQuery());
    }

    private String pathWithoutQuery() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static final class JsonBody implements CallBody {
        private final byte[] bytes;

        JsonBody(String json) {
            this.bytes = json.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }
}
