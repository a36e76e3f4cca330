package io.github.mlflowauth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;

/** Raw requests, for endpoints that have no method, and the end of a client's life. */
public interface RequestContract extends ContractSubject {

    @Test
    default void endpointsBelowTheApiAreReachedByGetPostAndPatch() {
        String experiment = newExperiment();
        String model = uniqueName("model");

        String made = client().sendPost("runs/create", "{\"experiment_id\":\"" + experiment + "\",\"run_name\":\"é\"}");
        assertThat(made).contains("\"experiment_id\": \"" + experiment + "\"");
        assertThat(client().sendGet("experiments/get?experiment_id=" + experiment))
                .contains("\"lifecycle_stage\": \"active\"");
        client().sendPost("registered-models/create", "{\"name\":\"" + model + "\"}");
        client().sendPatch("registered-models/update", "{\"name\":\"" + model + "\",\"description\":\"by patch\"}");
        assertThat(client().getRegisteredModel(model).getDescription()).isEqualTo("by patch");
    }

    @Test
    default void endpointsOutsideTheApisBaseAreReachedToo() {
        assertThat(client().request("GET", "/api/3.0/mlflow/server-info", null)).contains("\"store_type\"");
    }

    @Test
    default void anEndpointThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> client().sendGet("no/such/endpoint"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("/api/2.0/mlflow/no/such/endpoint");
    }

    @Test
    default void aClosedClientSaysSoAndClosingTwiceDoesNothing() {
        String runId = newRun();

        client().close();
        client().close();

        assertThatThrownBy(() -> client().getRun(runId))
                .isInstanceOfAny(MlflowClientException.class, IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
