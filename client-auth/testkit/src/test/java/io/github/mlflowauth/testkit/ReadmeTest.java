package io.github.mlflowauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsExamplesAreInTheCompiledOnes() throws IOException {
        String compiled =
                squeezed(Files.readString(Path.of("src/test/java/io/github/mlflowauth/testkit/ReadmeExamples.java")));
        List<String> blocks = JAVA.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(blocks).hasSize(2);
        for (String block : blocks) {
            String code = squeezed(block.replaceAll("```(java)?", "")).replaceAll("}+$", "");
            assertThat(compiled).contains(code);
        }
    }

    @Test
    void itsExamplesRun() {
        for (Class<?> example : List.of(ReadmeExamples.TrainingTest.class, ReadmeExamples.GateTest.class)) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(example))
                    .execute()
                    .testEvents()
                    .assertStatistics(counts -> counts.started(1).succeeded(1));
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }
}
