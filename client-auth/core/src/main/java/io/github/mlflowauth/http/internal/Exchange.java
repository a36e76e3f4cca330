package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Sends one attempt of a call and reads its answer: the only place that knows OkHttp's request and response. */
final class Exchange {
    private static final int MAX_ERROR_BODY_BYTES = 64 * 1024;
    private static final RequestBody EMPTY = new OneShotBody(new EmptyBody());

    private final OkHttpClient api;
    private final OkHttpClient bulk;

    Exchange(OkHttpClient api, OkHttpClient bulk) {
        this.api = api;
        this.bulk = bulk;
    }

    <T> Outcome<T> send(
            HttpCall call,
            HttpUrl url,
            Map<String, String> headers,
            Credentials credentials,
            BodyReader<T> reader,
            Deadline deadline) {
        SendWatch watch = new SendWatch();
        Call attempt = newCall(call, request(call, url, headers, credentials, watch), deadline);
        try (Response response = attempt.execute()) {
            AnswerHead head = head(response);
            if (!response.isSuccessful()) {
                return Outcome.answered(new Answer(head, errorBody(response.body())), credentials);
            }
            return read(head, response, reader, credentials);
        } catch (IOException e) {
            return Outcome.failed(watch.isSent(), e, credentials);
        }
    }

    private static <T> Outcome<T> read(
            AnswerHead head, Response response, BodyReader<T> reader, Credentials credentials) throws IOException {
        try (InputStream body = response.body().byteStream()) {
            return Outcome.ok(reader.read(head, body), credentials);
        } catch (UnexpectedBodyException e) {
            return Outcome.answered(new Answer(head, e.body()), credentials);
        }
    }

    private Call newCall(HttpCall call, Request request, Deadline deadline) {
        if (call.isBulk()) {
            return bulk.newCall(request);
        }
        Call attempt = api.newCall(request);
        // Zero would mean "no timeout" to OkHttp.
        attempt.timeout().timeout(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
        return attempt;
    }

    private static Request request(
            HttpCall call, HttpUrl url, Map<String, String> headers, Credentials credentials, SendWatch watch) {
        Request.Builder request = new Request.Builder().url(url).tag(SendWatch.class, watch);
        headers.forEach(request::header);
        credentials.onTheWire().forEach(request::header);
        request.header("Accept", call.isBulk() ? "*/*" : "application/json");
        if (call.isBulk()) {
            // Else OkHttp asks for gzip and hides the length.
            request.header("Accept-Encoding", "identity");
        }
        return request.method(call.method(), body(call)).build();
    }

    private static @Nullable RequestBody body(HttpCall call) {
        CallBody body = call.body();
        if (body != null) {
            return new OneShotBody(body);
        }
        boolean needsBody = call.method().equals("POST")
                || call.method().equals("PUT")
                || call.method().equals("PATCH");
        return needsBody ? EMPTY : null;
    }

    private static AnswerHead head(Response response) {
        return new AnswerHead(
                FollowUps.status(response),
                response.message(),
                response.headers().toMultimap());
    }

    private static String errorBody(ResponseBody body) throws IOException {
        try (InputStream in = body.byteStream()) {
            return new String(in.readNBytes(MAX_ERROR_BODY_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** How long an attempt may wait for a free connection. */
    static Duration waitForConnection(HttpCall call, Deadline deadline, Duration stallTimeout) {
        return call.isBulk() ? stallTimeout : deadline.left();
    }

    /** One shot, so that OkHttp never sends it a second time by itself. */
    private static final class OneShotBody extends RequestBody {
        private final CallBody body;

        OneShotBody(CallBody body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return MediaType.parse(body.contentType());
        }

        @Override
        public long contentLength() {
            return body.length();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink.outputStream());
        }
    }

    private static final class EmptyBody implements CallBody {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public String contentType() {
            return "application/json";
        }

        @Override
        public void writeTo(java.io.OutputStream out) {
            // Nothing to write.
        }
    }
}
