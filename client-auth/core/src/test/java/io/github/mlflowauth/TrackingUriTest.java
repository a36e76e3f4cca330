package io.github.mlflowauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingUriTest {

    @Test
    void userInfoIsTakenOutAndDecoded() {
        TrackingUri uri = TrackingUri.parse("https://ada:p%40ss+w:rd@MLflow.example.com:8443/pre/", "given in code");
        assertThat(uri.base()).hasToString("https://mlflow.example.com:8443/pre");
        assertThat(uri.user()).contains("ada");
        assertThat(uri.password()).contains("p@ss+w:rd");
        assertThat(uri.toString()).doesNotContain("ada").doesNotContain("p%40");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "databricks|Databricks",
                "databricks://profile|Databricks",
                "./mlruns|must start with http:// or https://",
                "file:///tmp/mlruns|must start with http:// or https://",
                "sqlite:///mlflow.db|must start with http:// or https://",
                "http://|is not a URI",
                "http:///path|no valid host name",
                "http://bad_host_:99x/|no valid host name",
                "http://host:70000|ports go up to 65535",
                "https://host/?a=b|query or fragment",
                "https://host/#/experiments|query or fragment",
                "https://ada:topsecret%@host/|is not a URI"
            })
    void badUrisAreRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> TrackingUri.parse(text, "from MLFLOW_TRACKING_URI"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("from MLFLOW_TRACKING_URI")
                .hasMessageNotContaining("topsecret");
    }
}
