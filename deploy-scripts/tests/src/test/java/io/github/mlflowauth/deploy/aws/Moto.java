package io.github.mlflowauth.deploy.aws;

import io.github.mlflowauth.deploy.Command;
import io.github.mlflowauth.deploy.Repository;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** moto_server on a free port: a fake AWS that remembers, and that enforces IAM policies when it is told to. */
final class Moto implements AutoCloseable {
    private final Process process;
    private final int port;

    Moto() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(
                        Repository.tool("moto_server").toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::listens);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What the AWS tools read to reach it, as an administrator. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", url(),
                "AWS_DEFAULT_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "administrator",
                "AWS_SECRET_ACCESS_KEY", "administrator");
    }

    /** The AWS command line, as an administrator. */
    Command.Result aws(String... arguments) {
        return aws(environment(), arguments);
    }

    Command.Result aws(Map<String, String> environment, String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = Repository.tool("aws").toString();
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Command.of(line).env(environment).run();
    }

    /** From now on requests are checked against the policies of whoever signed them, or no longer. */
    void enforcePolicies(boolean on) {
        Command.of(
                        "curl",
                        "-fsS",
                        "-X",
                        "POST",
                        "-H",
                        "Content-Type: text/plain",
                        "-d",
                        on ? "0" : "1000000",
                        url() + "/moto-api/reset-auth")
                .succeed();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
