package io.github.mlflowauth.contract;

import static org.awaitility.Awaitility.await;

import io.github.mlflowauth.testkit.internal.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** A real nginx on a free port of the loopback interface, as the gate in front of a server. */
final class NginxGate implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final Path directory;
    private final int port;
    private final Process process;
    private final Path program = Component.nginx().require();

    private NginxGate(String httpSettings, String location, FileWriter files) {
        try {
            this.directory = Files.createTempDirectory("nginx-gate-");
            this.port = freePort();
            files.writeTo(directory);
            Files.writeString(directory.resolve("nginx.conf"), configuration(httpSettings, location));
            this.process = nginx("-g", "daemon off;").start();
        } catch (IOException e) {
            throw new UncheckedIOException("nginx can't be started", e);
        }
        await().atMost(START_LIMIT).until(this::answersOrDied);
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended at once: " + log());
        }
    }

    /** Asks for a user name and password, and keeps them from the server behind it. */
    static NginxGate basicAuth(int upstreamPort, String user, String password) {
        return new NginxGate(
                "",
                "auth_basic \"mlflow\"; auth_basic_user_file htpasswd;"
                        + " proxy_set_header Authorization \"\"; "
                        + pass(upstreamPort),
                directory -> Files.writeString(directory.resolve("htpasswd"), user + ":" + salted(password) + "\n"));
    }

    /** Asks for a bearer token in {@code Authorization}, and keeps it from the server behind it. */
    static NginxGate bearer(int upstreamPort, String token) {
        return tokenGate("$http_authorization", token, "proxy_set_header Authorization \"\"; " + pass(upstreamPort));
    }

    /** Asks for a bearer token in {@code Proxy-Authorization}, and passes {@code Authorization} on. */
    static NginxGate bearerBesideApp(int upstreamPort, String token) {
        return tokenGate(
                "$http_proxy_authorization", token, "proxy_set_header Proxy-Authorization \"\"; " + pass(upstreamPort));
    }

    /** Answers everything with a web page and 200, as a sign-in page behind a followed redirect does. */
    static NginxGate webPage(String html) {
        return new NginxGate("", "default_type text/html; return 200 '" + html + "';", directory -> {});
    }

    /** Asks for nothing, and gives the server behind it a Host of its own. */
    static NginxGate withHost(int upstreamPort, String host) {
        return new NginxGate("", "proxy_set_header Host " + host + "; " + pass(upstreamPort), directory -> {});
    }

    private static NginxGate tokenGate(String variable, String token, String pass) {
        return new NginxGate(
                "map " + variable + " $gate_open { default 0; include tokens; }",
                "if ($gate_open = 0) { return 401 \"The gate wants a bearer token.\"; } " + pass,
                directory -> writeToken(directory, token));
    }

    // A pattern, because nginx compares plain strings without regard to case.
    private static void writeToken(Path directory, String token) throws IOException {
        if (!token.matches("[\\w-]+")) {
            throw new IllegalArgumentException("a test token of letters, digits, _ and - only");
        }
        Files.writeString(directory.resolve("tokens"), "\"~^Bearer " + token + "$\" 1;\n");
    }

    /** Accepts another token instead of the one so far. */
    void acceptInstead(String token) throws IOException, InterruptedException {
        writeToken(directory, token);
        Process reload = nginx("-s", "reload").start();
        if (!reload.waitFor(10, TimeUnit.SECONDS) || reload.exitValue() != 0) {
            throw new IllegalStateException("nginx -s reload failed: " + log());
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "http://127.0.0.1:" + port;
    }

    /** One line for each request: method, path, status, number of the connection. */
    String accessLog() {
        return read("access.log");
    }

    private static String pass(int upstreamPort) {
        return "proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_request_buffering off;"
                + " proxy_read_timeout 300s; proxy_pass http://127.0.0.1:" + upstreamPort + ";";
    }

    private String configuration(String httpSettings, String location) {
        // Workers of a root nginx would run as nobody, who can't read the private directory.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return """
                %s
                worker_processes 1;
                pid nginx.pid;
                events { worker_connections 1024; }
                http {
                  log_format short '$request_method $uri $status $connection';
                  access_log access.log short;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  client_max_body_size 0;
                  default_type text/plain;
                  %s
                  server {
                    listen 127.0.0.1:%d backlog=200;
                    location / { %s }
                  }
                }
                """.formatted(user, httpSettings, port, location);
    }

    private ProcessBuilder nginx(String option, String value) {
        return new ProcessBuilder(
                        program.toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        directory.resolve("nginx.conf").toString(),
                        "-e",
                        "stderr",
                        option,
                        value)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("nginx.log").toFile()));
    }

    private boolean answersOrDied() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return !process.isAlive();
        }
    }

    private String log() {
        return read("nginx.log");
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The password as nginx's {@code {SSHA}} scheme stores it; no other program sees it. */
    private static String salted(String password) {
        byte[] salt = {3, 1, 4, 1, 5, 9, 2, 6};
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(password.getBytes(StandardCharsets.UTF_8));
            byte[] digest = sha1.digest(salt);
            byte[] both = new byte[digest.length + salt.length];
            System.arraycopy(digest, 0, both, 0, digest.length);
            System.arraycopy(salt, 0, both, digest.length, salt.length);
            return "{SSHA}" + Base64.getEncoder().encodeToString(both);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // On SIGTERM nginx ends at once.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FileTrees.deleteTree(directory);
    }

    @FunctionalInterface
    private interface FileWriter {
        void writeTo(Path directory) throws IOException;
    }
}
