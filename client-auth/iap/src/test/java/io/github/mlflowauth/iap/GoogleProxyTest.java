package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.auth.AuthSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class GoogleProxyTest {
    private static final URI TOKEN = URI.create("https://oauth2.googleapis.com/token");

    private static GoogleProxy with(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return GoogleProxy.of(AuthSettings.of(URI.create("https://x"), Map.of()).withEnvironment(environment));
    }

    @Test
    void theVariablesOfTheTrackingServersProxyHold() {
        assertThat(String.valueOf(
                        with("HTTPS_PROXY", "http://proxy.example.com:3128").proxyFor(TOKEN)))
                .startsWith("HTTP @ proxy.example.com")
                .endsWith(":3128");
        assertThat(with("https_proxy", "http://p:1", "NO_PROXY", "googleapis.com")
                        .proxyFor(TOKEN))
                .isEqualTo(Proxy.NO_PROXY);
        assertThat(with().proxyFor(TOKEN)).as("the JVM's own choice").isNull();
    }

    @Test
    void aMetadataServerIsNeverBehindAProxy() {
        GoogleProxy proxy = with("ALL_PROXY", "http://p:1");

        assertThat(proxy.proxyFor(URI.create("http://169.254.169.254/"))).isEqualTo(Proxy.NO_PROXY);
        assertThat(GoogleProxy.none().proxyFor(TOKEN)).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void theProxyIsAskedForATunnelAndGetsNothingElse() throws IOException {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread proxy = new Thread(() -> refuseOneTunnel(socket, asked));
            proxy.setDaemon(true);
            proxy.start();
            String address = "http://127.0.0.1:" + socket.getLocalPort();
            GoogleHttp http = new GoogleHttp(new ClockDifference(Clock.systemUTC()), with("HTTPS_PROXY", address));
            byte[] body = "assertion=topsecret".getBytes(StandardCharsets.UTF_8);

            assertThatThrownBy(() -> http.post(TOKEN, Map.of("Authorization", "Bearer topsecret"), body))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "No answer from https://oauth2.googleapis.com/token through HTTP @ 127.0.0.1")
                    .hasMessageContaining("407")
                    .hasMessageNotContaining("topsecret");
        }
        assertThat(asked)
                .contains("CONNECT oauth2.googleapis.com:443 HTTP/1.1")
                .noneMatch(line -> line.contains("secret"));
    }

    private static void refuseOneTunnel(ServerSocket server, List<String> asked) {
        try (Socket client = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                asked.add(line);
            }
            client.getOutputStream()
                    .write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException over) {
            asked.add("failed: " + over);
        }
    }
}
