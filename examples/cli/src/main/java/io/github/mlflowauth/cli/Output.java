package io.github.mlflowauth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The choice between a table for people and JSON for programs. */
final class Output {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintWriter out;

    @Option(names = "--json", description = "Prints JSON; its shape is in the command's README.")
    private boolean json;

    Output(Surroundings surroundings) {
        this.out = surroundings.out();
    }

    boolean isJson() {
        return json;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    void print(JsonNode node) {
        try {
            line(MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void print(Table table) {
        table.print(out);
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }
}
