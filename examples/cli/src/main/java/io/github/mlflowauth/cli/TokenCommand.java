package io.github.mlflowauth.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowClients;
import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.iap.IapAuth;
import io.github.mlflowauth.iap.IapCheck;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token}: makes a token for Identity-Aware Proxy and shows what is in it. */
@Command(
        name = "token",
        description = {
            "Makes a token for Identity-Aware Proxy and prints what is in it, but not its signature, so that the output"
                    + " can be shown around.",
            "With --raw it prints the token itself, a secret for as long as it is valid: for shells, CI and MLflow's"
                    + " Python client."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mlflow-auth token --iap-audience 'https://mlflow.example.com/*'",
            "  export MLFLOW_TRACKING_TOKEN=$(mlflow-auth token --raw)"
        })
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Option(names = "--raw", description = "Prints the token itself, and nothing else.")
    private boolean raw;

    @Override
    public Integer call() throws IOException {
        Map<String, String> variables = server.variables();
        AuthSettings settings = AuthSettings.of(trackingUri(variables), Map.of())
                .withEnvironment(variables)
                .withOptionsFromEnvironment();
        IapCheck token = new IapAuth().check(settings);
        if (raw) {
            output.line(token.token().value());
        } else if (output.isJson()) {
            output.print(json(token));
        } else {
            print(token);
        }
        return ExitCode.OK;
    }

    /** Without {@code fromEnvironment()}, so that an older token in MLFLOW_TRACKING_TOKEN doesn't matter. */
    private static URI trackingUri(Map<String, String> variables) {
        try (AuthMlflowClient client =
                MlflowClients.builder().environment(variables).build()) {
            return client.trackingUri();
        }
    }

    private void print(IapCheck token) {
        output.line("identity  " + token.identity());
        output.line("audience  " + token.audience());
        output.line(
                "kind      " + (token.isSelfSigned() ? "signed by the service account itself" : "Google's ID token"));
        output.line("expires   " + expiry(token));
        output.line("claims");
        output.print(Jwt.claims(token.token().value()));
    }

    private static ObjectNode json(IapCheck token) {
        ObjectNode root = Output.object();
        root.put("identity", token.identity());
        root.put("audience", token.audience());
        root.put("kind", token.isSelfSigned() ? "self_signed" : "id_token");
        root.put("expires_at", expiry(token));
        root.set("header", Jwt.header(token.token().value()));
        root.set("claims", Jwt.claims(token.token().value()));
        return root;
    }

    private static String expiry(IapCheck token) {
        return token.token().expiresAt().map(Instant::toString).orElse("");
    }
}
