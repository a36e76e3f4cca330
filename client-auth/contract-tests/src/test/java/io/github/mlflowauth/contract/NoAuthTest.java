package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import java.util.List;

/** The contract on a server that asks for nothing. */
class NoAuthTest extends ClientContract implements LongHistoryContract, PythonContract {
    @Override
    protected AuthMlflowClient newClient() {
        return MlflowClients.builder()
                .trackingUri(Servers.open().uri().toString())
                .build();
    }

    @Override
    public String python(String script, List<String> arguments) {
        return Servers.open().python().run(script, arguments.toArray(String[]::new));
    }
}
