package io.github.mlflowauth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * MLflow's {@code ~/.mlflow/credentials}: an INI file whose section {@code [mlflow]} may hold
 * {@code mlflow_tracking_username} and {@code mlflow_tracking_password}.
 */
final class CredentialsFile {
    private CredentialsFile() {}

    /** The section's keys in lower case with their values; empty if there is no file. */
    static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Can't read " + file + " (" + e + "). Mend its permissions, or move it away.", e);
        }
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> values = new HashMap<>();
        boolean inSection = false;
        for (String raw : text.lines().collect(Collectors.toList())) {
            String line = raw.trim();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[")) {
                inSection = line.equals("[mlflow]");
            } else if (inSection) {
                addEntry(values, line);
            }
        }
        return values;
    }

    private static void addEntry(Map<String, String> values, String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        int end = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
        if (end > 0) {
            String key = line.substring(0, end).trim().toLowerCase(Locale.ROOT);
            values.put(key, line.substring(end + 1).trim());
        }
    }
}
