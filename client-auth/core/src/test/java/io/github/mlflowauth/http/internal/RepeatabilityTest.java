package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatabilityTest {

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "GET, /api/2.0/mlflow/runs/get?run_id=1, true",
        "POST, /api/2.0/mlflow/runs/log-batch, true",
        "POST, /api/2.0/mlflow/runs/search, true",
        "POST, /api/2.0/mlflow/experiments/restore, true",
        "PUT, /api/2.0/mlflow-artifacts/artifacts/0/a, true",
        "DELETE, /api/2.0/mlflow/registered-models/alias, true",
        "POST, /api/2.0/mlflow/runs/create, false",
        "POST, /api/2.0/mlflow/experiments/create, false",
        "POST, /api/2.0/mlflow/model-versions/create, false",
        "POST, /api/2.0/mlflow/logged-models, false",
        "POST, /api/2.0/mlflow/registered-models/rename, false",
        "PATCH, /api/3.0/mlflow/never-heard-of, false"
    })
    void onlyListedWritesAreRepeatable(String method, String path, boolean repeatable) {
        assertThat(HttpCall.api(method, path, null).isRepeatable()).isEqualTo(repeatable);
    }
}
