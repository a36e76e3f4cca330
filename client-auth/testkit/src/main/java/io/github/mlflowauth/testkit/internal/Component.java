package io.github.mlflowauth.testkit.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/**
 * An external program that a test needs. Where it is missing the test is skipped with the line that installs it; with
 * {@code CI=true} in the environment it fails.
 */
public final class Component {
    private static final String ALL = "./mvnw verify -Dcomponents=install installs all";

    private final String program;
    private final String install;
    private final Map<String, String> environment;

    Component(String program, String install, Map<String, String> environment) {
        this.program = program;
        this.install = install;
        this.environment = environment;
    }

    /** Any program, with the line that installs it. */
    public static Component program(String program, String install) {
        return new Component(program, install, System.getenv());
    }

    public static Component nginx() {
        return debian("nginx", "nginx-light");
    }

    public static Component chromium() {
        return debian("chromium", "chromium");
    }

    public static Component chromedriver() {
        return debian("chromedriver", "chromium-driver");
    }

    public static Component openssl() {
        return debian("openssl", "openssl");
    }

    public static Component docker() {
        return debian("docker", "docker.io iptables");
    }

    /** One of PostgreSQL's own programs, which Debian keeps off PATH: initdb, postgres, pg_ctl. */
    public static Component postgresql(String program) {
        return debian(program, "postgresql");
    }

    /** A server that speaks AWS's protocols. */
    public static Component moto() {
        return program("moto_server", "bash build/components.sh install");
    }

    private static Component debian(String program, String packages) {
        return program(program, "apt-get install --no-install-recommends " + packages);
    }

    /** Where it is, if it is there. */
    public Optional<Path> find() {
        return folders()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    /** Where it is; skips or fails the running test if it is missing. */
    public Path require() {
        return find().orElseThrow(() -> missing(program, install, environment));
    }

    /** Skips or fails the running test because something other than a program on PATH is missing. */
    public static RuntimeException missing(String what, String install) {
        return missing(what, install, System.getenv());
    }

    private static RuntimeException missing(String what, String install, Map<String, String> environment) {
        String message = what + " is missing. Install it: " + install + " (" + ALL + ")";
        if ("true".equals(environment.get("CI"))) {
            throw new AssertionFailedError(message);
        }
        return Assumptions.<RuntimeException>abort(message);
    }

    private Stream<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/sbin"));
        folders.add(cache().resolve("mlflow-client-auth/tools/bin"));
        folders.addAll(postgresqlFolders());
        return folders.stream();
    }

    private Path cache() {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return cache.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".cache") : Path.of(cache);
    }

    private static List<Path> postgresqlFolders() {
        PathMatcher bin = FileSystems.getDefault().getPathMatcher("glob:/usr/lib/postgresql/*/bin");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(Path.of("/usr/lib/postgresql"))) {
            try (Stream<Path> paths = Files.walk(Path.of("/usr/lib/postgresql"), 2)) {
                paths.filter(bin::matches).forEach(found::add);
            } catch (IOException e) {
                // An unreadable folder is the same as none.
            }
        }
        return found;
    }
}
