package io.github.mlflowauth.testkit;

import io.github.mlflowauth.testkit.internal.Component;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A {@link LocalMlflowServer} for JUnit 5 tests: one per class in a static field, one per test in another.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MlflowServerExtension mlflow = MlflowServerExtension.with(LocalMlflowServer.builder());
 *
 * @Test
 * void logsARun(LocalMlflowServer server) { ... }
 * }</pre>
 *
 * <p>{@code @ExtendWith(MlflowServerExtension.class)} starts one with the defaults. When a test fails, the server's
 * files are kept and their place is reported. On a machine without a suitable Python the tests are skipped with the
 * line that installs one; with {@code CI=true} in the environment they fail.
 */
public final class MlflowServerExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final LocalMlflowServer.Builder builder;
    private @Nullable LocalMlflowServer server;
    private boolean perTest;

    /** For {@code @ExtendWith}: a server with the defaults. */
    public MlflowServerExtension() {
        this(LocalMlflowServer.builder());
    }

    private MlflowServerExtension(LocalMlflowServer.Builder builder) {
        this.builder = builder;
    }

    /** A server as this builder says. */
    public static MlflowServerExtension with(LocalMlflowServer.Builder builder) {
        return new MlflowServerExtension(builder);
    }

    /** The running server. */
    public LocalMlflowServer server() {
        LocalMlflowServer running = server;
        if (running == null) {
            throw new IllegalStateException(
                    "The MLflow server runs only during tests: register this extension with @RegisterExtension");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (server == null) {
            perTest = true;
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        LocalMlflowServer running = server;
        if (running != null && context.getExecutionException().isPresent()) {
            running.keepFiles();
            context.publishReportEntry("MLflow's log", running.log().toString());
        }
        if (perTest) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalMlflowServer.class;
    }

    @Override
    public LocalMlflowServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server();
    }

    private void start() {
        try {
            server = builder.start();
        } catch (MlflowServerException e) {
            if (e.isPythonMissing()) {
                throw Component.missing("A suitable Python", "apt-get install python3 python3-venv. " + e.getMessage());
            }
            throw e;
        }
    }

    private void stop() {
        LocalMlflowServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }
}
