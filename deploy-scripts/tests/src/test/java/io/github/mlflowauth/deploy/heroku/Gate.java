package io.github.mlflowauth.deploy.heroku;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Images;
import io.github.mlflowauth.deploy.Repository;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * The container under test, run as a dyno runs it: a uid that no image knows, a root that cannot be written, 512 MB,
 * and a /tmp on disk.
 */
final class Gate implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "Xq9+/=z tr1cky!$pw";
    static final String HOST = "mlflow-0123456789ab.herokuapp.example";
    static final String AWS_SECRET = "aws-secret-8c21d0";
    private static final int PORT = 8080;

    private final GenericContainer<?> container;

    private Gate(GenericContainer<?> container) {
        this.container = container;
    }

    static String image() {
        return Images.of("heroku", Repository.heroku());
    }

    static Settings settings() {
        return new Settings(Map.of(
                "PORT",
                String.valueOf(PORT),
                "BASIC_AUTH_USER",
                USER,
                "BASIC_AUTH_PASSWORD",
                PASSWORD,
                "S3_LOCATION",
                "s3://" + Backends.BUCKET + "/mlflow",
                "AWS_ACCESS_KEY_ID",
                "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY",
                AWS_SECRET,
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "MLFLOW_S3_ENDPOINT_URL",
                "http://moto:5000",
                "APP_HOST",
                HOST + ",localhost"));
    }

    /** A container on a database of its own that is up to date. */
    static Gate start() {
        return start(settings().with("DATABASE_URL", Backends.url(Backends.migratedDatabase())));
    }

    static Gate start(Settings settings) {
        return start(settings, image());
    }

    static Gate start(Settings settings, String image) {
        return start(settings, image, host -> {});
    }

    /** On a port of the host's, so that a second container can follow the first under the same address. */
    static Gate startOn(int hostPort, Settings settings) {
        ExposedPort port = ExposedPort.tcp(PORT);
        Ports.Binding binding = Ports.Binding.bindIpAndPort("127.0.0.1", hostPort);
        return start(settings, image(), host -> host.withPortBindings(new PortBinding(binding, port)));
    }

    /** Its first process is not PID 1, so nobody ends the rest with it. */
    static Gate startAmongAllProcesses() {
        Settings settings = settings().with("DATABASE_URL", Backends.url(Backends.migratedDatabase()));
        return start(settings, image(), host -> host.withPidMode("host"));
    }

    private static Gate start(Settings settings, String image, Consumer<HostConfig> more) {
        int port = Integer.parseInt(Objects.requireNonNull(settings.values().get("PORT")));
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(Backends.NETWORK)
                .withNetworkAliases(HOST)
                .withEnv(settings.values())
                .withExposedPorts(port)
                .withCreateContainerCmdModifier(create -> {
                    HostConfig host = Objects.requireNonNull(create.getHostConfig());
                    host.withReadonlyRootfs(true)
                            .withMemory(512L << 20)
                            .withMemorySwap(512L << 20)
                            .withBinds(new Bind[0]);
                    create.withUser("48211:0").withVolumes(new Volume("/tmp"));
                    more.accept(host);
                })
                .waitingFor(Wait.forHttp("/health").forStatusCode(200).withStartupTimeout(Duration.ofSeconds(60)));
        try {
            container.start();
        } catch (RuntimeException e) {
            throw new AssertionError("not ready within 60 s:\n" + container.getLogs(), e);
        }
        return new Gate(container);
    }

    /** Runs the image with other arguments, to its end. */
    static Command.Result oneShot(Settings settings, String... arguments) {
        List<String> line = new ArrayList<>(List.of("docker", "run", "--rm", "--read-only", "--user", "48211:0"));
        line.addAll(List.of("--memory", "512m", "--memory-swap", "512m", "-v", "/tmp"));
        line.addAll(List.of("--network", Backends.NETWORK.getId()));
        settings.values().forEach((name, value) -> line.addAll(List.of("-e", name + "=" + value)));
        line.add(image());
        line.addAll(Arrays.asList(arguments));
        return Command.of(line).run();
    }

    int port() {
        return container.getMappedPort(container.getExposedPorts().get(0));
    }

    URI uri() {
        return URI.create("http://localhost:" + port());
    }

    /** As seen by a container in the same network. */
    URI uriWithin() {
        return URI.create("http://" + HOST + ":" + PORT);
    }

    Http http() {
        return new Http(uri());
    }

    String logs() {
        return container.getLogs();
    }

    String id() {
        return container.getContainerId();
    }

    /** A shell command inside, as the user that the server runs as. */
    String shell(String command) {
        return Backends.exec(container, "bash", "-c", command);
    }

    /** pid inside the container → command line, of all that live there but the one that asks. */
    Map<Integer, String> processes() {
        String listing = shell("for p in /proc/[0-9]*; do [ \"${p#/proc/}\" = $$ ] || "
                + "printf '%s\\t%s\\n' \"${p#/proc/}\" \"$(tr '\\0' ' ' 2>/dev/null <$p/cmdline)\"; done");
        return listing.lines()
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts.length == 2 && !parts[1].isBlank())
                .collect(Collectors.toMap(parts -> Integer.valueOf(parts[0]), parts -> parts[1]));
    }

    /** The container's processes as the host numbers them. */
    List<String> hostPids() {
        return Command.of("docker", "top", id(), "-eo", "pid")
                .succeed()
                .out()
                .lines()
                .skip(1)
                .map(String::strip)
                .collect(Collectors.toList());
    }

    /** Sends a signal without waiting for what becomes of it. */
    void signal(String signal, String pids) {
        Command.of("docker", "exec", id(), "bash", "-c", "kill -" + signal + " " + pids)
                .run();
    }

    void signalPid1(String signal) {
        Command.of("docker", "kill", "--signal", signal, id()).succeed();
    }

    long exitCodeWithin(Duration limit) {
        Awaitility.await("the container ends").atMost(limit).until(() -> !state().getRunning());
        return Objects.requireNonNull(state().getExitCodeLong());
    }

    com.github.dockerjava.api.command.InspectContainerResponse.ContainerState state() {
        return DockerClientFactory.instance()
                .client()
                .inspectContainerCmd(id())
                .exec()
                .getState();
    }

    @Override
    public void close() {
        container.stop();
    }
}
