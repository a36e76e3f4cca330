package io.github.mlflowauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonFinderTest {
    @TempDir
    Path folder;

    @Test
    void takesTheFirstThatSuits() throws IOException {
        FakePrograms.put(folder, "python3", "echo 3.9; echo venv");
        Path good = FakePrograms.put(folder, "python3.12", "echo 3.12; echo venv");
        assertThat(finder().find()).isEqualTo(good);
    }

    @Test
    void withoutAnyItNamesWhatItLookedForAndHowToInstall() {
        assertThatThrownBy(() -> finder().find())
                .isInstanceOfSatisfying(
                        MlflowServerException.class,
                        e -> assertThat(e.isPythonMissing()).isTrue())
                .hasMessage("The MLflow server needs Python 3.11 to 3.14: none of python3, python3.11, python3.12,"
                        + " python3.13, python3.14 is on PATH. Install one (Debian, Ubuntu: apt-get install python3"
                        + " python3-venv; macOS: brew install python@3.13) and make sure that it is on PATH.");
    }

    @Test
    void eachUnsuitableOneIsNamedWithItsReason() throws IOException {
        FakePrograms.put(folder, "python3", "echo 3.10; echo venv");
        FakePrograms.put(folder, "python3.11", "echo 3.11; echo 'No module named ensurepip'; exit 1");
        FakePrograms.put(folder, "python3.12", "echo 'pyenv: python3.12: command not found' >&2; exit 127");
        FakePrograms.put(folder, "python3.14", "echo 3.15; echo venv");
        Files.writeString(folder.resolve("python3.13"), "not executable");
        assertThatThrownBy(() -> finder().find())
                .hasMessageContaining("found only " + folder + "/python3: Python 3.10, too old; ")
                .hasMessageContaining(folder + "/python3.11: Python 3.11 without its venv module (Debian: apt-get"
                        + " install python3-venv); ")
                .hasMessageContaining(folder + "/python3.12: did not tell its version (exit code 127); ")
                .hasMessageContaining(folder + "/python3.14: Python 3.15, too new.")
                .hasMessageNotContaining("python3.13:");
    }

    private PythonFinder finder() {
        return new PythonFinder(Map.of("PATH", folder.toString()), 14);
    }
}
