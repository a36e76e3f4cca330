package io.github.mlflowauth.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class SafeUrlTest {
    @Test
    void userPasswordQueryAndFragmentAreLeftOut() {
        HttpUrl url =
                HttpUrl.get("https://ann:topsecret@mlflow.example.com:8443/pre/api?signature=topsecret#topsecret");
        assertThat(SafeUrl.text(url)).isEqualTo("https://mlflow.example.com:8443/pre/api");
    }
}
