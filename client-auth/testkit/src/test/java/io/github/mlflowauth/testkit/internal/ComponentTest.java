package io.github.mlflowauth.testkit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ComponentTest {
    private static final String MESSAGE =
            "frob is missing. Install it: apt-get install frob (./mvnw verify -Dcomponents=install installs all)";

    @TempDir
    Path folder;

    @Test
    void aProgramOnPathIsFound() throws Exception {
        Path frob = Files.createFile(
                folder.resolve("frob"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThat(frob(Map.of("PATH", "/nowhere:" + folder)).require()).isEqualTo(frob);
    }

    @Test
    void aToolOfTheProjectsOwnVenvIsFound() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("mlflow-client-auth/tools/bin"));
        Path frob = Files.createFile(
                bin.resolve("frob"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThat(frob(Map.of("XDG_CACHE_HOME", folder.toString())).require()).isEqualTo(frob);
    }

    @Test
    void aMissingOneSkipsTheTestWithTheLineThatInstallsIt() {
        assertThatThrownBy(() -> frob(Map.of("PATH", folder.toString())).require())
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(MESSAGE);
    }

    @Test
    void aMissingOneFailsTheTestInCi() {
        assertThatThrownBy(() ->
                        frob(Map.of("PATH", folder.toString(), "CI", "true")).require())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage(MESSAGE);
    }

    private static Component frob(Map<String, String> environment) {
        return new Component("frob", "apt-get install frob", environment);
    }
}
