package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.BasicAuth;
import io.github.mlflowauth.testkit.iap.IapEmulator;
import io.github.mlflowauth.testkit.iap.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each identity gets through the emulator with both kinds of token. */
class IapIdentitiesTest {
    private final EmulatedIap iap = new EmulatedIap();
    private final IapEmulator google = iap.emulator();
    private final String trainer = iap.account("trainer");
    private final Path folder;

    IapIdentitiesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        iap.close();
        assertThat(google.violations()).isEmpty();
    }

    private void passes(IapAuth auth, Map<String, String> environment) {
        try (AuthMlflowClient client = iap.client(auth, environment)) {
            assertThat(client.createExperiment("x")).isEqualTo("7");
        }
        String user = "X-goog-authenticated-user-email";
        assertThat(iap.arrived().get(0).get(user)).containsExactly("accounts.google.com:" + trainer);
    }

    private IapAuth auth(boolean selfSigned) {
        return IapAuth.forAudience(iap.audience(selfSigned));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void aKeyFile(boolean selfSigned) {
        passes(auth(selfSigned), google.environmentWithKeyFile(trainer, folder));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void theMetadataServer(boolean selfSigned) {
        google.grantRole(trainer, Role.TOKEN_CREATOR, trainer); // which only signJwt on itself needs

        passes(auth(selfSigned), google.environmentWithMetadata(trainer));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void aMachinesAccountThatImpersonatesItself(boolean selfSigned) {
        google.grantRole(trainer, selfSigned ? Role.TOKEN_CREATOR : Role.OPEN_ID_TOKEN_CREATOR, trainer);

        passes(auth(selfSigned).impersonating(trainer), google.environmentWithMetadata(trainer));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void aKeyFileThatImpersonates(boolean selfSigned) {
        String caller = google.addServiceAccount("caller");
        google.grantRole(caller, selfSigned ? Role.TOKEN_CREATOR : Role.OPEN_ID_TOKEN_CREATOR, trainer);

        passes(auth(selfSigned).impersonating(trainer), google.environmentWithKeyFile(caller, folder));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void impersonationThroughADelegate(boolean selfSigned) {
        String caller = google.addServiceAccount("caller");
        String between = google.addServiceAccount("between");
        google.grantRole(caller, Role.TOKEN_CREATOR, between);
        google.grantRole(between, Role.TOKEN_CREATOR, trainer);

        passes(
                auth(selfSigned).impersonating(trainer).throughDelegates(between),
                google.environmentWithKeyFile(caller, folder));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void aPersonsLoginThatImpersonates(boolean selfSigned) {
        google.grantRole("ada@example.com", Role.TOKEN_CREATOR, trainer);
        Map<String, String> environment = google.environmentWithFile(google.writeUserFile("ada@example.com", folder));

        passes(auth(selfSigned).impersonating(trainer), environment);
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void gcloudsImpersonationFile(boolean selfSigned) {
        google.grantRole("ada@example.com", Role.TOKEN_CREATOR, trainer);
        Path file = google.writeImpersonatedFile("ada@example.com", trainer, folder);

        passes(auth(selfSigned), google.environmentWithFile(file));
    }

    @ParameterizedTest(name = "self-signed: {0}")
    @ValueSource(booleans = {false, true})
    void aFederatedWorkload(boolean selfSigned) {
        google.grantRole(google.federatedPrincipal("pipeline"), Role.TOKEN_CREATOR, trainer);
        Path file = google.writeFederationFile("pipeline", trainer, folder);

        passes(auth(selfSigned), google.environmentWithFile(file));
    }

    @Test
    void aFederatedWorkloadWithTheLeastRole() {
        google.grantRole(google.federatedPrincipal("pipeline"), Role.WORKLOAD_IDENTITY_USER, trainer);
        Path file = google.writeFederationFile("pipeline", trainer, folder);

        passes(auth(false), google.environmentWithFile(file));
    }

    @Test
    void withMlflowsOwnUsersBehindIap() {
        try (AuthMlflowClient client = MlflowClients.builder()
                .trackingUri(google.uri().toString())
                .gate(iap.auth(auth(false), google.environmentWithKeyFile(trainer, folder)))
                .app(BasicAuth.of("ada", "lovelace"))
                .build()) {
            assertThat(client.createExperiment("x")).isEqualTo("7");
        }
        assertThat(iap.arrived().get(0).get("Authorization")).containsExactly("Basic YWRhOmxvdmVsYWNl");
    }

    @Test
    void aPersonsLoginAloneIsRefusedHere() {
        Map<String, String> environment = google.environmentWithFile(google.writeUserFile("ada@example.com", folder));

        try (AuthMlflowClient client = iap.client(auth(false), environment)) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining("Google ignores the audience for user credentials");
        }
    }

    @Test
    void federationWithoutAServiceAccountIsRefusedHere() {
        Path file = google.writeFederationFile("pipeline", "", folder);

        try (AuthMlflowClient client = iap.client(auth(false), google.environmentWithFile(file))) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining("a federated workload's without a service account");
        }
    }

    @Test
    void aCallerWithoutTheRoleIsNamed() {
        String caller = google.addServiceAccount("caller");
        Map<String, String> environment = google.environmentWithKeyFile(caller, folder);

        try (AuthMlflowClient client = iap.client(auth(false).impersonating(trainer), environment)) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining(caller)
                    .hasMessageContaining("may not act as " + trainer
                            + ": grant it roles/iam.serviceAccountOpenIdTokenCreator on that service account");
        }
    }

    @Test
    void anIdentityWithoutAccessIsNamedWithTheRole() {
        String stranger = google.addServiceAccount("stranger");

        try (AuthMlflowClient client = iap.client(auth(false), google.environmentWithKeyFile(stranger, folder))) {
            assertThatThrownBy(() -> client.createExperiment("x"))
                    .hasMessageContaining("IAP knows " + stranger)
                    .hasMessageContaining("it lacks roles/iap.httpsResourceAccessor on this app");
        }
        assertThat(google.tokensMade()).isEqualTo(1);
    }
}
