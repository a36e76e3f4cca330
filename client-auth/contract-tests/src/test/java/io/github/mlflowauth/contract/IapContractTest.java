package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.testkit.iap.Face;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract through Identity-Aware Proxy, for each kind of identity and both kinds of token. */
@ParameterizedClass(name = "{0}, self-signed: {1}")
@MethodSource("identities")
class IapContractTest extends ClientContract {
    private static IapEmulator iap;

    @Parameter(0)
    IapIdentity identity;

    @Parameter(1)
    boolean selfSigned;

    @TempDir
    Path folder;

    static Stream<Arguments> identities() {
        return Stream.of(IapIdentity.values())
                .flatMap(identity -> Stream.of(Arguments.of(identity, false), Arguments.of(identity, true)));
    }

    @BeforeAll
    static void startIap() {
        iap = IapEmulator.builder().upstream(Servers.open().uri()).start();
    }

    @AfterAll
    static void stopIap() {
        iap.close();
        assertThat(iap.requests(Face.ACCOUNTS))
                .as("requests at the sign-in host")
                .isZero();
        for (Face used : List.of(Face.TOKEN, Face.METADATA, Face.IAM_CREDENTIALS, Face.STS)) {
            assertThat(iap.requests(used)).as("requests at %s", used).isPositive();
        }
    }

    @Override
    protected AuthMlflowClient newClient() {
        return new IapProgram(iap, identity, selfSigned ? iap.urlAudience() : iap.clientId(), folder).client();
    }
}
