package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the code does. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");

    @Test
    void theExamplesAreCompiled() throws IOException {
        String[] source = Files.readString(Path.of("src/test/java/io/github/mlflowauth/iap/ReadmeSnippets.java"))
                .split("(?m)^ *// README\n");
        List<String> compiled = new ArrayList<>();
        for (int i = 1; i < source.length; i += 2) {
            compiled.add(source[i].replaceAll("(?m)^ {8}", "").strip());
        }
        List<String> shown = new ArrayList<>();
        Matcher block = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL).matcher(Files.readString(README));
        while (block.find()) {
            shown.add(block.group(1));
        }
        assertThat(shown).hasSize(2).isEqualTo(compiled);
    }

    @Test
    void everyOptionIsInTheTable() throws Exception {
        String readme = Files.readString(README);
        int options = 0;
        for (Field field : IapAuth.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                options++;
                assertThat(readme).contains("| `" + field.get(null) + "` |");
            }
        }
        assertThat(options).isEqualTo(4);
    }
}
