package io.github.mlflowauth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/** The readable parts of a JSON Web Token. Its signature, which makes it a secret, is left out. */
final class Jwt {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Jwt() {}

    static JsonNode header(String token) {
        return part(token, 0);
    }

    static JsonNode claims(String token) {
        return part(token, 1);
    }

    /** Errors have no cause: Jackson's would quote the token. */
    private static JsonNode part(String token, int number) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalStateException("The token is no JSON Web Token, so there is nothing to show.");
        }
        try {
            return MAPPER.readTree(Base64.getUrlDecoder().decode(parts[number]));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException("The token is no JSON Web Token, so there is nothing to show.");
        } catch (IOException e) {
            throw new IllegalStateException("The token can't be read.");
        }
    }
}
