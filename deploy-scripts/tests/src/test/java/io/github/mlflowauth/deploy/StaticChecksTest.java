package io.github.mlflowauth.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every script and Dockerfile of the repository passes its linter. */
@Requires(Component.TOOLS)
class StaticChecksTest {
    @Test
    void shellScriptsPassShellcheck() throws IOException {
        List<Path> scripts = find(StaticChecksTest::isShellScript);

        assertThat(scripts).hasSizeGreaterThan(3);
        lint(Repository.tool("shellcheck"), scripts, "-x");
    }

    @Test
    void dockerfilesPassHadolint() throws IOException {
        List<Path> dockerfiles = find(file -> file.getFileName().toString().equals("Dockerfile"));

        assertThat(dockerfiles).isNotEmpty();
        lint(Repository.tool("hadolint"), dockerfiles);
    }

    @Test
    void workflowsPassActionlint() throws IOException {
        List<Path> workflows = find(file -> file.toString().contains("/.github/workflows/"));

        assertThat(workflows).isNotEmpty();
        lint(Repository.tool("actionlint"), workflows);
    }

    @Test
    void theLockFilesPinEveryPackageByHash() throws IOException {
        List<Path> locks = find(file -> file.getFileName().toString().equals("requirements.lock"));

        assertThat(locks).isNotEmpty();
        for (Path lock : locks) {
            List<String> packages = Files.readString(lock)
                    .lines()
                    .filter(line -> line.matches("[a-zA-Z].*"))
                    .collect(Collectors.toList());
            assertThat(packages).as(lock.toString()).isNotEmpty().allMatch(line -> line.contains("=="));
            assertThat(Files.readString(lock).split("\n(?=[a-zA-Z])"))
                    .as(lock.toString())
                    .allMatch(entry -> entry.contains("--hash=sha256:"));
        }
    }

    private static void lint(Path tool, List<Path> files, String... options) {
        List<String> line = new ArrayList<>(List.of(tool.toString()));
        line.addAll(List.of(options));
        files.forEach(file -> line.add(file.toString()));
        Command.Result result = Command.of(line).run();
        assertThat(result.status()).as(result.all()).isZero();
    }

    private static boolean isShellScript(Path file) {
        if (file.toString().endsWith("mvnw")) {
            return false; // Maven's own
        }
        try {
            if (file.toString().endsWith(".sh")) {
                return true;
            }
            byte[] start = new byte[20];
            try (var in = Files.newInputStream(file)) {
                int read = in.readNBytes(start, 0, start.length);
                return new String(start, 0, read, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .matches("(?s)#!.*\\b(ba)?sh\\n.*");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Of the files that git knows or would know. */
    private static List<Path> find(java.util.function.Predicate<Path> wanted) {
        try (Stream<String> names = Command.of("git", "ls-files", "-co", "--exclude-standard")
                .succeed()
                .out()
                .lines()) {
            return names.map(Repository.root()::resolve)
                    .filter(Files::isRegularFile)
                    .filter(wanted)
                    .collect(Collectors.toList());
        }
    }
}
