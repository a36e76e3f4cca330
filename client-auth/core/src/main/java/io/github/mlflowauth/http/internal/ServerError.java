package io.github.mlflowauth.http.internal;

import java.util.Optional;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Struct;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/** MLflow's error body, {@code {"error_code": …, "message": …}}. */
final class ServerError {
    private final String code;
    private final String message;

    private ServerError(String code, String message) {
        this.code = code;
        this.message = message;
    }

    static Optional<ServerError> parse(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        Struct.Builder json = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(body, json);
        } catch (InvalidProtocolBufferException e) {
            // Not an error body; the caller shows its text instead.
            return Optional.empty();
        }
        String code = text(json, "error_code");
        String message = text(json, "message");
        return code.isEmpty() && message.isEmpty() ? Optional.empty() : Optional.of(new ServerError(code, message));
    }

    private static String text(Struct.Builder json, String key) {
        return json.containsFields(key) ? json.getFieldsOrThrow(key).getStringValue() : "";
    }

    Optional<String> code() {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    String message() {
        return message;
    }
}
