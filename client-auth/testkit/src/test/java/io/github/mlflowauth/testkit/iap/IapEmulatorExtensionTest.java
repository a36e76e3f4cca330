package io.github.mlflowauth.testkit.iap;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class IapEmulatorExtensionTest {
    @Test
    void aCredentialAtTheSignInHostFailsTheTestThatLetItGo() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Cases.class))
                .execute()
                .testEvents();
        tests.assertStatistics(counts -> counts.started(2).succeeded(1).failed(1));
        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("followsARedirectWithItsCredential"),
                                finishedWithFailure(message(text -> text.contains("GET / on the sign-in host carried"
                                        + " Authorization]. A client must not follow the proxy's redirects")))));
    }

    /** Not run by itself: the name has no Test at its end. */
    static final class Cases {
        @RegisterExtension
        final IapEmulatorExtension iap = IapEmulatorExtension.with(IapEmulator::builder);

        @Test
        void staysAway(IapEmulator emulator) throws IOException {
            Requests.get(emulator.uri(), "Authorization", "Basic dTpw");
        }

        @Test
        void followsARedirectWithItsCredential(IapEmulator emulator) throws IOException {
            Requests.get(emulator.accountsUri(), "Authorization", "Basic dTpw");
        }
    }
}
