package io.github.mlflowauth.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the text of an API answer, and refuses a page that only looks like success. */
final class JsonText implements BodyReader<String> {
    @Override
    public String read(AnswerHead head, InputStream body) throws IOException {
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        String start = text.stripLeading();
        if (start.isEmpty()) {
            // File routes answer a good PUT without a body.
            return head.status() == 204
                            || head.header("content-length").filter("0"::equals).isPresent()
                    ? "{}"
                    : reject(text);
        }
        boolean json = start.startsWith("{") || start.startsWith("[");
        return json ? text : reject(text);
    }

    private static String reject(String text) throws IOException {
        throw new UnexpectedBodyException(text);
    }
}
