package io.github.mlflowauth.iap;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a Google endpoint answered. Holds tokens: not for printing. */
final class GoogleAnswer {
    private final int status;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    GoogleAnswer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers.putAll(headers);
        this.body = body.clone();
    }

    int status() {
        return status;
    }

    boolean isOk() {
        return status == 200;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    @Nullable
    String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    byte[] body() {
        return body.clone();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A string member of the JSON body. */
    Optional<String> member(String name) {
        JsonObject json = Json.object(text());
        JsonElement value = json == null ? null : json.get(name);
        return value == null || !value.isJsonPrimitive() ? Optional.empty() : Optional.of(value.getAsString());
    }

    /** The status and what the server says about it, short, on one line, without anything that looks like a token. */
    String problem() {
        return problem(status, text());
    }

    static String problem(int status, String body) {
        String said = Quote.of(said(body));
        return said.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + said;
    }

    private static String said(String body) {
        JsonObject json = Json.object(body);
        if (json == null) {
            return body.startsWith("<") ? "" : body;
        }
        JsonElement error = json.get("error");
        if (error != null && error.isJsonObject()) {
            return Json.text(error.getAsJsonObject(), "message").orElse("");
        }
        String code = Json.text(json, "error").orElse("");
        return Json.text(json, "error_description")
                .map(text -> code + " (" + text + ")")
                .orElse(code);
    }
}
