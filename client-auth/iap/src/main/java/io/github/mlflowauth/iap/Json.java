package io.github.mlflowauth.iap;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The little JSON that this module reads. */
final class Json {
    private Json() {}

    /** The object, or null if the text is no JSON object. */
    static @Nullable JsonObject object(String text) {
        try {
            JsonElement element = new Gson().fromJson(text, JsonElement.class);
            return element == null || !element.isJsonObject() ? null : element.getAsJsonObject();
        } catch (JsonParseException notJson) {
            return null;
        }
    }

    static Optional<String> text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        boolean isText = value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isString();
        return isText ? Optional.of(value.getAsString()) : Optional.empty();
    }
}
