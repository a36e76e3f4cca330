package io.github.mlflowauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is what the code does. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path MAIN = Path.of("src/main/java");
    private static final Pattern VARIABLE = Pattern.compile("\"(MLFLOW_[A-Z0-9_]+)[\"=]");

    @Test
    void theExampleIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/mlflowauth/ReadmeSnippet.java"));
        String compiled =
                source.split("// README\n")[1].replaceAll("(?m)^ {8}", "").trim();
        String shown =
                Files.readString(README).split("```java\n")[1].split("\n```")[0].trim();
        assertThat(shown).isEqualTo(compiled);
    }

    @Test
    void everyVariableThatTheCodeReadsIsInTheTable() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = VARIABLE.matcher(Files.readString(file));
                while (matcher.find()) {
                    read.add(matcher.group(1));
                }
            }
        }
        // Refused with a sentence, so it is no setting of ours.
        read.remove("MLFLOW_TRACKING_AWS_SIGV4");
        assertThat(read).contains("MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_TOKEN_FILE", "MLFLOW_WORKSPACE");
        assertThat(read)
                .allSatisfy(variable -> assertThat(Files.readString(README)).contains("`" + variable + "`"));
    }
}
