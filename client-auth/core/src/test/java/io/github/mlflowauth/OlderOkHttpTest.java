package io.github.mlflowauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A consumer whose class path has an older OkHttp before ours, which no build tool warns about. */
class OlderOkHttpTest {
    private static final Path FOLDER = Path.of("target", "older-okhttp");
    private static final Path OKHTTP = FOLDER.resolve("okhttp-4.12.0.jar");
    private static final Path OKIO = FOLDER.resolve("okio-jvm-3.6.0.jar");

    @Test
    void anOlderOkHttpFirstOnTheClassPathGetsOneClearSentence() throws Exception {
        assertThat(run(OKHTTP)).contains(sentence()).contains("<artifactId>okhttp-jvm</artifactId><version>5.");
    }

    @Test
    void soItDoesTogetherWithItsOwnOlderOkio() throws Exception {
        assertThat(run(OKHTTP, OKIO)).contains(sentence());
    }

    @Test
    void theSameProgramWorksWithoutIt() throws Exception {
        assertThat(run()).contains("made AuthMlflowClient");
    }

    private static String sentence() throws IOException {
        return "java.lang.IllegalStateException: OkHttp 4.12.0 comes first on the class path ("
                + OKHTTP.toUri().toURL() + "), but mlflow-client-auth needs OkHttp 5.";
    }

    private static String run(Path... first) throws IOException, InterruptedException {
        String classPath = Stream.concat(
                        Stream.of(first).map(jar -> jar.toAbsolutePath().toString()),
                        Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp", classPath));
        command.add(ConsumerMain.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
