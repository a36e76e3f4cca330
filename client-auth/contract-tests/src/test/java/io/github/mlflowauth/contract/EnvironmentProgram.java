package io.github.mlflowauth.contract;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;

/** A program as a user writes it: everything about the server comes from the environment. */
public final class EnvironmentProgram {
    private EnvironmentProgram() {}

    public static void main(String[] args) {
        try (AuthMlflowClient client = MlflowClients.fromEnvironment()) {
            String runId = client.createRun(args[0]).getRunId();
            client.logParam(runId, "from", "environment");
            System.out.println(client.trackingUri() + " has run " + runId);
            System.out.println(client);
        }
    }
}
