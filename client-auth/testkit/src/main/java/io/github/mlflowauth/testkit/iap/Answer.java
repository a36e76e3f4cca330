package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** One answer of a face. */
final class Answer {
    private final int status;
    private final @Nullable HttpEntity entity;
    private final List<String[]> headers = new ArrayList<>();

    private Answer(int status, @Nullable HttpEntity entity) {
        this.status = status;
        this.entity = entity;
    }

    static Answer of(int status, String contentType, String body) {
        return new Answer(status, new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null))
                .with("Content-Type", contentType);
    }

    static Answer text(int status, String body) {
        return of(status, "text/plain", body);
    }

    static Answer html(int status, String body) {
        return of(status, "text/html", body);
    }

    static Answer json(int status, Map<String, Object> body) {
        return of(status, "application/json; charset=UTF-8", JSONObjectUtils.toJSONString(body));
    }

    /** A body that is passed on while it comes in. */
    static Answer streamed(int status, @Nullable HttpEntity entity) {
        return new Answer(status, entity);
    }

    Answer with(String name, String value) {
        headers.add(new String[] {name, value});
        return this;
    }

    int status() {
        return status;
    }

    void writeTo(ClassicHttpResponse response) {
        response.setCode(status);
        response.setEntity(entity == null ? null : new PiecewiseEntity(entity));
        headers.forEach(header -> response.addHeader(header[0], header[1]));
    }
}
