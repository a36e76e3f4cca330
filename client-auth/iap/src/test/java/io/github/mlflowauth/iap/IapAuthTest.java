package io.github.mlflowauth.iap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlflowauth.auth.AuthSettings;
import io.github.mlflowauth.auth.RequestAuthProvider;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IapAuthTest {
    private static final URI SERVER = URI.create("https://mlflow.example.com");
    private static final String CLIENT_ID = "1-a.apps.googleusercontent.com";
    private static final String SA = "trainer@demo.iam.gserviceaccount.com";

    private static AuthSettings settings(String... options) {
        java.util.HashMap<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return AuthSettings.of(SERVER, map).withEnvironment(Map.of());
    }

    @Test
    void theServiceLoaderFindsItUnderItsName() {
        assertThat(ServiceLoader.load(RequestAuthProvider.class))
                .extracting(RequestAuthProvider::name)
                .contains("iap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLFLOW_IAP_AUDIENCE", "MLFLOW_IAP_CLIENT_ID"})
    void theAudienceComesFromEitherVariable(String name) {
        assertThat(new IapAuth().create(settings(name, CLIENT_ID)).toString())
                .isEqualTo("IapRequestAuth{audience=" + CLIENT_ID + "}");
    }

    @Test
    void theSameAudienceTwiceIsFineAndTwoAreNot() {
        assertThat(new IapAuth().create(settings("MLFLOW_IAP_AUDIENCE", CLIENT_ID, "MLFLOW_IAP_CLIENT_ID", CLIENT_ID)))
                .isNotNull();
        AuthSettings two = settings("MLFLOW_IAP_AUDIENCE", CLIENT_ID, "MLFLOW_IAP_CLIENT_ID", "2" + CLIENT_ID);
        assertThatThrownBy(() -> new IapAuth().create(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MLFLOW_IAP_AUDIENCE and MLFLOW_IAP_CLIENT_ID are both set and differ: unset one of them.");
    }

    @Test
    void withoutAnAudienceTheRightFormsAreShown() {
        assertThatThrownBy(() -> new IapAuth().create(settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("No audience for IAP: set MLFLOW_IAP_AUDIENCE. Use the OAuth client ID")
                .hasMessageContaining("https://mlflow.example.com/*");
    }

    @Test
    void codeGoesBeforeOptions() {
        IapOptions options = new IapOptions(
                IapAuth.forAudience(CLIENT_ID).impersonating(SA),
                settings("MLFLOW_IAP_AUDIENCE", "nonsense", "MLFLOW_IAP_IMPERSONATE", "x"));

        assertThat(options.audience().value()).isEqualTo(CLIENT_ID);
        assertThat(options.impersonated()).contains(SA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "trainer", "a/b@demo.iam.gserviceaccount.com", "x@y:z@a.b"})
    void onlyAServiceAccountCanBeImpersonated(String name) {
        AuthSettings settings = settings("MLFLOW_IAP_IMPERSONATE", name);

        assertThatThrownBy(() -> IapAuth.forAudience(CLIENT_ID).create(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MLFLOW_IAP_IMPERSONATE or impersonating(…) must be the email address of a service account"
                        + " (NAME@PROJECT.iam.gserviceaccount.com); people can't be impersonated.");
    }

    @Test
    void delegatesNeedSomeoneToActAs() {
        IapAuth auth = IapAuth.forAudience(CLIENT_ID).throughDelegates(SA);

        assertThatThrownBy(() -> auth.create(settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("There are delegates, but no service account to act as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://iam.example.com", "ftp://127.0.0.1", "iam.example.com", "https://u:pw@iam", "a b"})
    void theIamEndpointMustBeSafe(String endpoint) {
        AuthSettings settings = settings("MLFLOW_IAP_IAM_ENDPOINT", endpoint);

        assertThatThrownBy(() -> IapAuth.forAudience(CLIENT_ID).create(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The IAM Credentials endpoint (MLFLOW_IAP_IAM_ENDPOINT) ");
    }

    @Test
    void eachMethodReturnsACopy() {
        IapAuth base = IapAuth.forAudience(CLIENT_ID);
        base.impersonating(SA);

        assertThat(base.toString()).isEqualTo("IapAuth{audience=" + CLIENT_ID + "}");
        assertThat(base.impersonating(SA).toString())
                .isEqualTo("IapAuth{audience=" + CLIENT_ID + ", impersonating=" + SA + "}");
        assertThat(new IapAuth().toString()).isEqualTo("IapAuth{audience=from MLFLOW_IAP_AUDIENCE}");
    }
}
