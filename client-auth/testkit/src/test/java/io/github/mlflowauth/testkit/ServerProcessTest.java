package io.github.mlflowauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands in for the server, because only processes matter here. */
class ServerProcessTest {
    /** Leaves a child behind that ignores TERM, and says its own id and the child's. */
    private static final String STUBBORN_FAMILY =
            "sh -c 'trap \"\" TERM; while :; do sleep 1; done' & echo $$ $!; while :; do sleep 1; done";

    @TempDir
    Path folder;

    @Test
    void stopEndsTheWholeFamilyEvenAnOrphanThatDoesNotListen() throws IOException {
        ServerProcess process = start(folder);
        List<ProcessHandle> family = family(folder);
        process.stop();
        assertThat(process.isAlive()).isFalse();
        assertThat(family).hasSize(2);
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(family).noneMatch(ServerProcessTest::runs));
    }

    @Test
    void aJvmThatIsHaltedTakesItsServerAlong() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command.Result result = new Command(
                        List.of(java, "-cp", System.getProperty("java.class.path"), Halts.class.getName(), "" + folder),
                        System.getenv())
                .run(Duration.ofSeconds(30));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(9);
        List<ProcessHandle> family = family(folder);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(family).noneMatch(ServerProcessTest::runs));
    }

    @Test
    void anEndOfItsOwnIsSeenWithItsCodeAndLog() throws IOException {
        ServerProcess process = ServerProcess.start(
                Path.of("python3"), List.of("sh", "-c", "echo goodbye; exit 7"), System.getenv(), folder);
        await().until(() -> !process.isAlive());
        assertThat(process.exitCode()).isEqualTo(7);
        assertThat(process.logTail()).isEqualTo("goodbye");
    }

    private static ServerProcess start(Path folder) throws IOException {
        Map<String, String> environment = System.getenv();
        return ServerProcess.start(Path.of("python3"), List.of("sh", "-c", STUBBORN_FAMILY), environment, folder);
    }

    private static List<ProcessHandle> family(Path folder) {
        Path log = folder.resolve("server.log");
        await().until(() -> Files.exists(log) && Files.readString(log).matches("\\d+ \\d+\n"));
        try {
            return List.of(Files.readString(log).trim().split(" ")).stream()
                    .flatMap(id -> ProcessHandle.of(Long.parseLong(id)).stream())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A zombie that nobody has collected yet has ended. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    static final class Halts {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            ServerProcess process = start(folder);
            await().until(() -> process.logTail().matches("\\d+ \\d+"));
            Runtime.getRuntime().halt(9);
        }
    }
}
