package io.github.mlflowauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VenvCacheTest {
    private static final byte[] NOTHING_TO_INSTALL = "# nothing\n".getBytes(StandardCharsets.UTF_8);

    /** A Python of milliseconds, for tests of what is around it; LocalMlflowServerTest has the real one. */
    private static final String QUICK_PYTHON = """
            case "$1 $2" in
              "-c "*) echo 3.12; echo venv ;;
              "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
              "-m pip") sleep 0.2 ;;
            esac""";

    @TempDir
    Path cacheHome;

    private final List<String> progress = new CopyOnWriteArrayList<>();

    @Test
    void isMadeOnceByManyAtOnceAndThenReused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Set<Path> pythons = new LinkedHashSet<>();
        VenvCache cache = cache();
        List<Future<Path>> all =
                threads.invokeAll(Collections.nCopies(4, () -> cache.python("0", NOTHING_TO_INSTALL, 14)));
        for (Future<Path> one : all) {
            pythons.add(one.get());
        }
        threads.shutdown();
        assertThat(pythons).hasSize(1).allMatch(Files::isExecutable);
        assertThat(pythons.iterator().next()).startsWithRaw(cacheHome.resolve("mlflow-client-auth"));
        assertThat(progress).filteredOn(line -> line.startsWith("Making")).hasSize(1);
    }

    @Test
    void aHalfMadeOneIsMadeAgain() throws IOException {
        Path python = cache().python("0", NOTHING_TO_INSTALL, 14);
        Path leftover = Files.writeString(python.resolveSibling("leftover"), "");
        Files.delete(python.resolve("../../complete").normalize());
        cache().python("0", NOTHING_TO_INSTALL, 14);
        assertThat(leftover).doesNotExist();
        assertThat(progress).filteredOn(line -> line.startsWith("Making")).hasSize(2);
    }

    @Test
    void oneWhosePythonIsGoneIsMadeAgain() throws IOException {
        Path python = cache().python("0", NOTHING_TO_INSTALL, 14);
        Files.delete(python);
        assertThat(cache().python("0", NOTHING_TO_INSTALL, 14)).isExecutable();
    }

    @Test
    void aFailedInstallationShowsWhatPipSaidAndIsNotTakenForComplete() {
        byte[] unhashed = "mlflow==3.17.2\n".getBytes(StandardCharsets.UTF_8);
        VenvCache real = new VenvCache(environment(System.getenv("PATH")), progress::add);
        assertThatThrownBy(() -> real.python("0", unhashed, 14))
                .isInstanceOf(MlflowServerException.class)
                .hasMessageContaining("-m pip install ended with code 1, see " + cacheHome)
                .hasMessageContaining("Hashes are required in --require-hashes mode");
        assertThat(cacheHome).isDirectoryRecursivelyContaining("glob:**/requirements.lock");
        assertThat(cacheHome).isDirectoryNotContaining("glob:**/complete");
    }

    @Test
    void everyLockFileIsWhollyHashedAndNamesNoPlace() {
        for (MlflowVersion version : MlflowVersion.values()) {
            String text = new String(version.lockFile(), StandardCharsets.UTF_8);
            assertThat(text)
                    .contains("\nmlflow==" + version.number() + " \\\n    --hash=sha256:")
                    .doesNotContain("://");
            assertThat(text.split("\n(?=[a-z])"))
                    .filteredOn(entry -> !entry.startsWith("#"))
                    .hasSizeGreaterThan(60)
                    .allMatch(entry -> entry.matches("(?s)[a-z0-9-]+==[^ ]+ .*--hash=sha256:.*"));
        }
    }

    private VenvCache cache() throws IOException {
        Path bin = Files.createDirectories(cacheHome.resolve("bin"));
        FakePrograms.put(bin, "python3", QUICK_PYTHON);
        return new VenvCache(environment(bin + ":" + System.getenv("PATH")), progress::add);
    }

    private Map<String, String> environment(String path) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("XDG_CACHE_HOME", cacheHome.toString());
        environment.put("PATH", path);
        return environment;
    }
}
