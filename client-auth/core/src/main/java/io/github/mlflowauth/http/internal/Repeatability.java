package io.github.mlflowauth.http.internal;

import java.util.Set;

/**
 * Which calls may be sent twice without doing their work twice. A POST that isn't listed counts as one that creates
 * something.
 */
final class Repeatability {
    private static final Set<String> REPEATABLE_POSTS = Set.of(
            "experiments/search",
            "experiments/update",
            "experiments/delete",
            "experiments/restore",
            "experiments/set-experiment-tag",
            "experiments/delete-experiment-tag",
            "runs/search",
            "runs/update",
            "runs/delete",
            "runs/restore",
            "runs/set-tag",
            "runs/delete-tag",
            "runs/log-batch",
            "runs/log-metric",
            "runs/log-parameter",
            "runs/log-inputs",
            "registered-models/get-latest-versions",
            "registered-models/update",
            "registered-models/delete",
            "registered-models/set-tag",
            "registered-models/delete-tag",
            "registered-models/alias",
            "model-versions/update",
            "model-versions/delete",
            "model-versions/set-tag",
            "model-versions/delete-tag",
            "logged-models/search");

    private Repeatability() {}

    static boolean isRepeatable(String method, String path) {
        switch (method) {
            case "POST":
            case "PATCH":
                return REPEATABLE_POSTS.contains(lastTwoSegments(path));
            default:
                return true;
        }
    }

    /** Calls whose second sending answers 404 when the first one did the work. */
    static boolean isRemovalOrRestore(String method, String path) {
        String action = path.substring(path.lastIndexOf('/') + 1);
        return method.equals("DELETE") || action.startsWith("delete") || action.startsWith("restore");
    }

    private static String lastTwoSegments(String path) {
        int last = path.lastIndexOf('/');
        int previous = path.lastIndexOf('/', last - 1);
        return path.substring(previous + 1);
    }
}
