package io.github.mlflowauth.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Builds each image once per run, with the plain builder of the Docker Engine, from the local base image. */
public final class Images {
    private static final Map<String, String> BUILT = new ConcurrentHashMap<>();

    private Images() {}

    /** What every image here is built from; {@code BASE_IMAGE} in the environment overrides it. */
    public static String base() {
        return System.getenv().getOrDefault("BASE_IMAGE", "mlflow-client-auth/base:bookworm");
    }

    /** The image that a folder's Dockerfile makes. */
    public static String of(String name, Path folder) {
        return BUILT.computeIfAbsent(name, n -> build(n, folder, base()));
    }

    /** PostgreSQL and moto in one image, see its Dockerfile. */
    public static String services() {
        return BUILT.computeIfAbsent("services", name -> build(name, servicesContext(), base()));
    }

    /** Another image with strace in front of its own entrypoint, which lists every program that it starts. */
    public static String traced(String image) {
        Path folder = Repository.root().resolve("deploy-scripts/tests/src/test/docker/traced");
        return BUILT.computeIfAbsent("traced", name -> build(name, folder, image));
    }

    private static Path servicesContext() {
        Path docker = Repository.root().resolve("deploy-scripts/tests/src/test/docker/services");
        try {
            Path context = Files.createTempDirectory("services");
            for (Path file : List.of(
                    docker.resolve("Dockerfile"),
                    docker.resolve("postgres.sh"),
                    Repository.root().resolve("build/tools.lock"))) {
                // Dates go into the cache's key for no file, rights do.
                Files.copy(file, context.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String build(String name, Path folder, String base) {
        String tag = "mlflow-client-auth/" + name + ":test";
        Command.of("docker", "build", "-q", "--build-arg", "BASE_IMAGE=" + base, "-t", tag, ".")
                .in(folder)
                .env(Map.of("DOCKER_BUILDKIT", "0"))
                .within(Duration.ofMinutes(10))
                .succeed();
        return tag;
    }
}
