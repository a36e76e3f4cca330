package io.github.mlflowauth.deploy.heroku;

import static io.github.mlflowauth.deploy.heroku.Http.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlflowauth.deploy.Component;
import io.github.mlflowauth.deploy.Requires;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One running container, seen from outside. */
@Requires(Component.DOCKER)
class GateTest {
    private static final String RIGHT = basic(Gate.USER, Gate.PASSWORD);
    private static final String SEARCH = "/api/2.0/mlflow/experiments/search";
    private static final String ALL = "{\"max_results\": 10}";

    @SuppressWarnings("NullAway.Init")
    private static Gate gate;

    @BeforeAll
    static void start() {
        gate = Gate.start();
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Test
    void withoutAPasswordNothingButHealthIsOpen() {
        Http http = gate.http();

        assertThat(http.get("/health").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = http.get("/");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"MLflow\"");
        for (String path :
                List.of("/version", "/health/", "/health?x", "/docs", "/ajax-api/2.0/mlflow/experiments/list")) {
            assertThat(http.get(path, "X-Forwarded-For", "192.0.2.1").statusCode())
                    .as(path)
                    .isEqualTo(path.equals("/health?x") ? 200 : 401);
        }
    }

    @Test
    void wrongPasswordsAreRefusedTheRightOnePasses() {
        Http http = gate.http();
        List<String> wrong = List.of(
                basic(Gate.USER, Gate.PASSWORD + "x"),
                basic(Gate.USER, Gate.PASSWORD.toLowerCase(java.util.Locale.ROOT)),
                basic("bob", Gate.PASSWORD),
                RIGHT.toLowerCase(java.util.Locale.ROOT),
                "Bearer x");

        for (String header : wrong) {
            assertThat(http.post(SEARCH, ALL, "Authorization", header, "X-Forwarded-For", "192.0.2.2")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(http.post(SEARCH, ALL, "Authorization", RIGHT).statusCode()).isEqualTo(200);
        assertThat(http.get("/", "Authorization", RIGHT).body()).contains("<title>MLflow</title>");
    }

    @Test
    void thePublicHostAndItsOwnPagesPassOthersDoNot() {
        Http http = gate.http();
        String own = "https://" + Gate.HOST;

        assertThat(fromPage(http, Gate.HOST, own)).isEqualTo(200);
        assertThat(fromPage(http, Gate.HOST + ":443", own)).isEqualTo(200);
        assertThat(fromPage(http, Gate.HOST, "https://evil.example")).isEqualTo(403);
        assertThat(fromPage(http, "evil.example", "https://evil.example")).isEqualTo(403);
        assertThat(fromPage(http, "x" + Gate.HOST, own)).isEqualTo(403);
    }

    private static int fromPage(Http http, String host, String origin) {
        return http.post(SEARCH, ALL, "Authorization", RIGHT, "Host", host, "Origin", origin)
                .statusCode();
    }

    @Test
    void guessesAreSlowedDownTheRightPasswordIsNot() {
        Http http = gate.http();
        List<Integer> guesses = new ArrayList<>();
        List<Integer> rightOnes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // The client may write what it likes in front; the router appends the address that it saw.
            String seen = i + ".0.0.1, 203.0.113.9";
            guesses.add(http.get("/", "Authorization", basic(Gate.USER, "guess number " + i), "X-Forwarded-For", seen)
                    .statusCode());
            rightOnes.add(http.get("/", "Authorization", RIGHT, "X-Forwarded-For", seen)
                    .statusCode());
        }

        assertThat(guesses).containsOnly(401, 429);
        assertThat(guesses.stream().filter(status -> status == 429).count()).isGreaterThan(20);
        assertThat(rightOnes).containsOnly(200);
        HttpResponse<String> limited = http.get("/", "X-Forwarded-For", "203.0.113.9");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(http.get("/", "X-Forwarded-For", "203.0.113.10").statusCode())
                .as("another address")
                .isEqualTo(401);
    }

    @Test
    void plainHttpIsSentToHttpsBeforeAPasswordIsAskedFor() {
        HttpResponse<String> answer =
                gate.http().get("/#/experiments/1?a=b", "Host", Gate.HOST, "X-Forwarded-Proto", "http");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location").orElse("")).startsWith("https://" + Gate.HOST + "/");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void aLargeArtifactAndManyRequestsFitInto512Mb(@TempDir Path folder) throws IOException {
        Path large = randomFile(folder.resolve("large.bin"), 200 << 20);
        Http http = gate.http();
        String experiment = field(http.api("experiments/create", "{\"name\": \"large\"}"), "/experiment_id");
        String run = field(http.api("runs/create", "{\"experiment_id\": \"" + experiment + "\"}"), "/run/info/run_id");
        String path = "/api/2.0/mlflow-artifacts/artifacts/" + experiment + "/" + run + "/artifacts/large.bin";

        assertThat(http.send(http.request(path, "Authorization", RIGHT).PUT(HttpRequest.BodyPublishers.ofFile(large)))
                        .statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            assertThat(http.api("runs/log-metric", metric(run, i)).statusCode()).isEqualTo(200);
        }

        assertThat(Backends.exec(Backends.MOTO, "/opt/tools/bin/python", "-c", sizeOf(experiment, run)))
                .isEqualTo(String.valueOf(200 << 20));
        assertThat(gate.state().getOOMKilled()).isFalse();
        // What cannot be given back, unlike the cache of file pages.
        long unreclaimable = Long.parseLong(gate.shell("if [ -r /sys/fs/cgroup/memory.stat ]; then"
                + " awk '/^anon /{print $2}' /sys/fs/cgroup/memory.stat; else"
                + " awk '/^total_rss /{print $2}' /sys/fs/cgroup/memory/memory.stat; fi"));
        assertThat(unreclaimable).isBetween(100L << 20, 480L << 20);
    }

    private static String sizeOf(String experiment, String run) {
        return """
                import boto3
                s3 = boto3.client('s3', endpoint_url='http://127.0.0.1:5000', region_name='us-east-1',
                                  aws_access_key_id='any', aws_secret_access_key='any')
                print(s3.head_object(Bucket='%s', Key='mlflow/%s/%s/artifacts/large.bin')['ContentLength'])
                """.formatted(Backends.BUCKET, experiment, run);
    }

    static String metric(String run, int step) {
        return "{\"run_id\": \"%s\", \"key\": \"loss\", \"value\": 0.5, \"timestamp\": 1, \"step\": %d}"
                .formatted(run, step);
    }

    static String field(HttpResponse<String> answer, String pointer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).at(pointer).asText();
    }

    private static Path randomFile(Path file, int size) throws IOException {
        byte[] block = new byte[1 << 20];
        Random random = new Random(1);
        try (var out = Files.newOutputStream(file)) {
            for (int written = 0; written < size; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }
}
