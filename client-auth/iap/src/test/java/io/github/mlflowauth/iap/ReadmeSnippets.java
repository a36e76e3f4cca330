package io.github.mlflowauth.iap;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.BasicAuth;

/** What the README shows, compiled. */
@SuppressWarnings({"unused", "SystemOut"})
final class ReadmeSnippets {
    private ReadmeSnippets() {}

    static void first(String audience) {
        // README
        try (AuthMlflowClient client = MlflowClients.forIap("https://mlflow.example.com", audience)) {
            client.searchExperiments().getItems().forEach(experiment -> print(experiment.getName()));
        }
        // README
    }

    static AuthMlflowClient second(String password) {
        // spotless:off
        return
        // README
        MlflowClients.builder()
                .trackingUri("https://mlflow.example.com")
                .gate(IapAuth.forAudience("https://mlflow.example.com/*")
                        .impersonating("trainer@my-project.iam.gserviceaccount.com"))
                .app(BasicAuth.of("ada", password)) // only where MLflow has users of its own
                .build();
        // README
        // spotless:on
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
