package io.github.mlflowauth.trainingjob;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what XGBoost says of a round: {@code [3]<tab>train-logloss:0.41<tab>validation-logloss:0.44}. */
final class Evaluation {
    private Evaluation() {}

    /** Metrics by name, with {@code _} where XGBoost has {@code -}; {@code nan} is {@link Double#NaN}. */
    static Map<String, Double> parse(String line) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String part : line.trim().split("\t", -1)) {
            int colon = part.lastIndexOf(':');
            if (colon > 0) {
                metrics.put(part.substring(0, colon).replace('-', '_'), number(part.substring(colon + 1)));
            }
        }
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("XGBoost's evaluation has no metric: " + line);
        }
        return metrics;
    }

    private static double number(String text) {
        return text.contains("nan")
                ? Double.NaN
                : text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
