package io.github.mlflowauth.cli.doctor;

import io.github.mlflowauth.AuthMlflowClient;
import io.github.mlflowauth.MlflowFailure;
import io.github.mlflowauth.auth.AuthLayer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/** What the server says to the client with its credentials. */
final class ApiChecks {
    private static final String SEARCH = "experiments/search?max_results=1";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private final AuthMlflowClient client;
    private boolean asked;
    private @Nullable MlflowClientException refusal;

    ApiChecks(AuthMlflowClient client) {
        this.client = client;
    }

    /** MLflow's own check of the Host header. */
    Finding host(String check) {
        Optional<MlflowClientException> failure = firstCall();
        if (failure.filter(ApiChecks::isHostRefusal).isPresent()) {
            return problem(check, "MLflow refuses this host name", failure.get());
        }
        return failure.isPresent()
                ? Finding.notChecked(check, "the request didn't come that far")
                : Finding.ok(check, "MLflow accepts this host name");
    }

    Finding auth(String check) {
        return firstCall()
                .map(failure -> problem(check, whoRefused(failure), failure))
                .orElseGet(() -> Finding.ok(check, "the server answers the API with these credentials"));
    }

    Finding version(String check) {
        try {
            client.request("GET", "/version", null);
            return Finding.notChecked(check, "GET /version doesn't answer with a version");
        } catch (MlflowClientException e) {
            return ServerVersion.judge(check, plainAnswer(e));
        }
    }

    Finding artifacts(String check) {
        try {
            client.request("GET", ARTIFACTS, null);
            return Finding.ok(check, "the server passes artifacts on");
        } catch (MlflowClientException e) {
            if (String.valueOf(e.getMessage()).contains("--no-serve-artifacts")) {
                return Finding.warning(
                        check,
                        "the server doesn't pass artifacts on",
                        "Start it without --no-serve-artifacts, or give this client access to the store itself.");
            }
            return problem(check, "the artifact route doesn't work", e);
        }
    }

    private Optional<MlflowClientException> firstCall() {
        if (!asked) {
            asked = true;
            try {
                client.sendGet(SEARCH);
            } catch (MlflowClientException e) {
                refusal = e;
            }
        }
        return Optional.ofNullable(refusal);
    }

    private static boolean isHostRefusal(MlflowClientException e) {
        return status(e) == 403 && String.valueOf(e.getMessage()).contains("Invalid Host header");
    }

    private static String whoRefused(MlflowClientException e) {
        int status = status(e);
        Optional<AuthLayer> layer = e instanceof MlflowFailure ? ((MlflowFailure) e).refusedBy() : Optional.empty();
        if (status == 401 || status == 403) {
            String who =
                    layer.filter(AuthLayer.APP::equals).isPresent() ? "MLflow itself" : "the gate in front of MLflow";
            return who + (status == 401 ? " refuses the credentials" : " refuses this identity") + " (" + status + ")";
        }
        if (status >= 300 && status < 400) {
            return "the gate sends this client to another page (" + status + ")";
        }
        return status > 0 ? "the API doesn't work (" + status + ")" : "the API gives no answer";
    }

    private static int status(MlflowClientException e) {
        return e instanceof MlflowFailure ? ((MlflowFailure) e).statusCode().orElse(0) : 0;
    }

    /** The body of a good answer that isn't JSON. */
    private static String plainAnswer(MlflowClientException e) {
        boolean plain = status(e) == 200 && e instanceof MlflowHttpException;
        return plain
                ? String.valueOf(((MlflowHttpException) e).getBodyMessage()).trim()
                : "";
    }

    private static Finding problem(String check, String what, MlflowClientException e) {
        return Finding.problem(check, what, String.valueOf(e.getMessage()));
    }
}
