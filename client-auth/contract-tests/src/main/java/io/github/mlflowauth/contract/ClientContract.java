package io.github.mlflowauth.contract;

/**
 * The whole contract: every public method of the client, against one server through one kind of auth.
 *
 * <pre>{@code
 * class BehindMyProxyTest extends ClientContract {
 *     @Override
 *     protected AuthMlflowClient newClient() {
 *         return MlflowClients.forBasicAuth(proxy.uri(), "ada", password);
 *     }
 * }
 * }</pre>
 *
 * <p>The client's user must be allowed to create experiments, runs and registered models. Nothing that was there before
 * is changed.
 */
public abstract class ClientContract extends ContractTest
        implements RunsContract,
                MetricsContract,
                ExperimentsContract,
                SearchContract,
                ArtifactsContract,
                ArtifactNamesContract,
                RegistryContract,
                FluentContract,
                RequestContract {}
