package io.github.mlflowauth.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class MlflowServerExtensionTest {
    @Test
    void withoutPythonTheTestsAreSkippedWithTheLineThatInstallsItAndFailInCi() {
        Events containers = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WithoutPython.class))
                .execute()
                .containerEvents();
        Condition<Throwable> reason = message(text ->
                text.contains("A suitable Python is missing. Install it: apt-get install python3 python3-venv."));
        boolean inCi = "true".equals(System.getenv("CI"));
        Condition<Event> end = inCi ? finishedWithFailure(reason) : abortedWithReason(reason);
        containers.assertThatEvents().haveExactly(1, event(container(WithoutPython.class), end));
    }

    /** Run only by the test above. */
    static final class WithoutPython {
        @RegisterExtension
        static final MlflowServerExtension MLFLOW = MlflowServerExtension.with(LocalMlflowServer.builder()
                .environment(Map.of(
                        "PATH",
                        "/nowhere",
                        "XDG_CACHE_HOME",
                        Path.of("target").toAbsolutePath().toString())));

        @Test
        void neverRuns(LocalMlflowServer server) {
            throw new AssertionError("There must be no server " + server);
        }
    }
}
