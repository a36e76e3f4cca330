package io.github.mlflowauth.deploy.heroku;

import io.github.mlflowauth.deploy.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What Heroku's router is to the dyno: it speaks TLS with the browser and says who asked. */
final class TlsRouter implements AutoCloseable {
    private final Process nginx;
    private final int port;

    TlsRouter(Path folder, int backend) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Command.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + Gate.HOST,
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        folder.resolve("cert.pem").toString())
                .succeed();
        Path configuration = folder.resolve("router.conf");
        Files.writeString(configuration, """
                daemon off;
                master_process off;
                pid %1$s/router.pid;
                error_log %1$s/router.log;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/a;
                  proxy_temp_path %1$s/b;
                  fastcgi_temp_path %1$s/c;
                  uwsgi_temp_path %1$s/d;
                  scgi_temp_path %1$s/e;
                  server {
                    listen 127.0.0.1:%2$d ssl;
                    ssl_certificate cert.pem;
                    ssl_certificate_key key.pem;
                    location / {
                      proxy_pass http://127.0.0.1:%3$d;
                      proxy_http_version 1.1;
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Forwarded-Proto https;
                    }
                  }
                }
                """.formatted(folder, port, backend));
        ProcessBuilder builder = new ProcessBuilder("nginx", "-e", "stderr", "-c", configuration.toString());
        builder.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + ":" + sbin);
        nginx = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("router.out").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::listens);
    }

    int port() {
        return port;
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        nginx.destroy();
    }
}
