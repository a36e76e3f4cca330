package io.github.mlflowauth.iap;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;

/** The program that {@link ProcessTest} starts: with an audience by {@code forIap}, without by {@code fromEnvironment}. */
@SuppressWarnings("SystemOut")
final class CreatesAnExperiment {
    private CreatesAnExperiment() {}

    public static void main(String... audience) {
        try (AuthMlflowClient client =
                audience.length == 0 ? MlflowClients.fromEnvironment() : MlflowClients.forIap(audience[0])) {
            System.out.println("experiment " + client.createExperiment("x"));
        }
        // The end of main must be the end of the process: no thread of ours may keep it.
    }
}
