package io.github.mlflowauth.testkit.iap;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** One request as a face sees it. */
final class Call {
    private static final int MOST_FORM_BYTES = 1 << 20;

    private final ClassicHttpRequest request;

    Call(ClassicHttpRequest request) {
        this.request = request;
    }

    String method() {
        return request.getMethod();
    }

    /** Path and query as they came, nothing decoded. */
    String target() {
        return request.getPath();
    }

    /** The path without the query, nothing decoded. */
    String path() {
        int query = target().indexOf('?');
        return query < 0 ? target() : target().substring(0, query);
    }

    Map<String, String> query() {
        int query = target().indexOf('?');
        return query < 0 ? Map.of() : pairs(target().substring(query + 1));
    }

    Optional<String> header(String name) {
        Header header = request.getFirstHeader(name);
        return header == null ? Optional.empty() : Optional.of(header.getValue());
    }

    Header[] headers() {
        return request.getHeaders();
    }

    /** The token of {@code Authorization} or {@code Proxy-Authorization}, if it is a Bearer one. */
    Optional<String> bearer(String header) {
        return header(header)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).trim());
    }

    Optional<String> cookie(String name) {
        for (Header header : request.getHeaders("Cookie")) {
            for (String pair : header.getValue().split(";")) {
                if (pair.trim().startsWith(name + "=")) {
                    return Optional.of(pair.trim().substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    Optional<HttpEntity> entity() {
        return Optional.ofNullable(request.getEntity());
    }

    void replaceEntity(HttpEntity entity) {
        request.setEntity(entity);
    }

    Map<String, String> form() throws IOException {
        return pairs(text());
    }

    Map<String, Object> json() throws IOException {
        try {
            return JSONObjectUtils.parse(text());
        } catch (ParseException e) {
            throw new IOException("not a JSON object", e);
        }
    }

    private String text() throws IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return "";
        }
        try (InputStream in = entity.getContent()) {
            return new String(in.readNBytes(MOST_FORM_BYTES), StandardCharsets.UTF_8);
        }
    }

    static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
