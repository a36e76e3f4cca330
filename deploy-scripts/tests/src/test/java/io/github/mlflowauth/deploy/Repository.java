package io.github.mlflowauth.deploy;

import java.nio.file.Path;

/** Where the files under test are. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        return Path.of(System.getProperty("repository", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    /** The folder that is pushed to Heroku. */
    public static Path heroku() {
        return root().resolve("deploy-scripts/heroku");
    }

    /** The pinned tools that build/components.sh installs. */
    public static Path tool(String name) {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getenv("HOME") + "/.cache");
        return Path.of(cache, "mlflow-client-auth", "tools", "bin", name);
    }
}
