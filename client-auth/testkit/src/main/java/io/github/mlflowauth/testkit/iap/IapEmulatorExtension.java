package io.github.mlflowauth.testkit.iap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An {@link IapEmulator} for JUnit 5 tests: one per class in a static field, one per test in another. A test fails if
 * a credential has arrived at the sign-in host.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final IapEmulatorExtension iap =
 *         IapEmulatorExtension.with(() -> IapEmulator.builder().upstream(server.uri()));
 * }</pre>
 */
public final class IapEmulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    /** Makes the builder when the tests start, because only then the application's address is known. */
    public interface Source {
        /** A builder that says what emulator to start. */
        IapEmulator.Builder builder();
    }

    private final Source source;
    private @Nullable IapEmulator emulator;
    private boolean perTest;

    private IapEmulatorExtension(Source source) {
        this.source = source;
    }

    /** An emulator as this builder says. */
    public static IapEmulatorExtension with(Source source) {
        return new IapEmulatorExtension(source);
    }

    /** The running emulator. */
    public IapEmulator emulator() {
        IapEmulator running = emulator;
        if (running == null) {
            throw new IllegalStateException(
                    "The IAP emulator runs only during tests: register this extension with @RegisterExtension");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        emulator = source.builder().start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (emulator == null) {
            perTest = true;
            emulator = source.builder().start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        IapEmulator running = emulator();
        if (perTest) {
            close();
        }
        if (!running.violations().isEmpty()) {
            throw new AssertionError("A credential left for the sign-in host: " + running.violations()
                    + ". A client must not follow the proxy's redirects with its credentials.");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void close() {
        IapEmulator running = emulator;
        emulator = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == IapEmulator.class;
    }

    @Override
    public IapEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return emulator();
    }
}
