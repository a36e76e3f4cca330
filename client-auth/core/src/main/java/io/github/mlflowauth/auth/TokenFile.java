package io.github.mlflowauth.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** A file with one token. It is a few hundred bytes, so reading it is as cheap as asking whether it changed. */
final class TokenFile implements BearerAuth.Tokens {
    private static final long MAX_BYTES = 64 * 1024;

    private final Path file;

    TokenFile(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public BearerToken token(Duration maxWait) throws IOException {
        return read();
    }

    @Override
    public boolean hasOtherThan(String refused) {
        try {
            return !read().value().equals(refused);
        } catch (IOException e) {
            // The refusal is the news; an unreadable file has no other token to offer.
            return false;
        }
    }

    private BearerToken read() throws IOException {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes, so it is no token file");
            }
            text = Files.readString(file).trim();
        } catch (IOException e) {
            throw new IOException(
                    "Can't read the token file " + file + " (" + e
                            + "). Check MLFLOW_TRACKING_TOKEN_FILE and the file's permissions.",
                    e);
        }
        if (text.isEmpty()) {
            throw new IOException(
                    "The token file " + file + " is empty. Write a token to it, or unset MLFLOW_TRACKING_TOKEN_FILE.");
        }
        return BearerToken.of(text);
    }
}
