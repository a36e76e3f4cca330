package io.github.mlflowauth.iap;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the JSON files in which Google keeps credentials. No text of it shows what is in the file. */
final class CredentialFile {
    private static final Pattern IMPERSONATION_URL =
            Pattern.compile("(.+)/v1/projects/-/serviceAccounts/([^/:]+):generateAccessToken");
    private static final String IMPERSONATION_MEMBER = "service_account_impersonation_url";

    private final String origin;
    private final GoogleHttp http;
    private final IamCredentialsApi api;

    /**
     * @param origin where the file was found, for messages
     */
    CredentialFile(String origin, GoogleHttp http, IamCredentialsApi api) {
        this.origin = origin;
        this.http = http;
        this.api = api;
    }

    GoogleIdentity read(String text) throws IOException {
        JsonObject json = Json.object(text);
        if (json == null) {
            throw new IOException("The " + origin + " is no JSON object. " + advice());
        }
        return identity(json);
    }

    private GoogleIdentity identity(JsonObject json) throws IOException {
        String type = Json.text(json, "type").orElse("");
        switch (type) {
            case "service_account":
                return parsed(
                        json,
                        (stream, transport) ->
                                new KeyIdentity(ServiceAccountCredentials.fromStream(stream, transport), origin, http));
            case "authorized_user":
                return parsed(
                        json,
                        (stream, transport) ->
                                BorrowedIdentity.user(UserCredentials.fromStream(stream, transport), origin, http));
            case "external_account":
                return federated(json);
            case "impersonated_service_account":
                return impersonated(json);
            default:
                throw new IOException("The " + origin + " holds credentials of "
                        + (type.isEmpty() ? "no type" : "a type that IAP can't be reached with") + ". " + advice());
        }
    }

    /** Without its own impersonation, which gives access tokens only; the account is asked for a token here. */
    private GoogleIdentity federated(JsonObject json) throws IOException {
        Optional<Target> target = target(json);
        json.remove(IMPERSONATION_MEMBER);
        GoogleIdentity workload = parsed(
                json,
                (stream, transport) -> BorrowedIdentity.federated(
                        ExternalAccountCredentials.fromStream(stream, transport), origin, http));
        return target.isPresent() ? target.get().actedAsBy(workload, new ArrayList<>()) : workload;
    }

    /** Writes https into the file's own token_url, where that is plain http on this machine, and returns it as it was. */
    private static @Nullable URI plainTokenUrl(JsonObject json) {
        String url = Json.text(json, "token_url").orElse("");
        if (!url.startsWith("http://")) {
            return null;
        }
        URI plain = Endpoints.safe(url, "The token_url");
        json.addProperty("token_url", url.replaceFirst("^http", "https"));
        return plain;
    }

    private GoogleIdentity impersonated(JsonObject json) throws IOException {
        Target target = target(json)
                .orElseThrow(
                        () -> new IOException("The " + origin + " lacks " + IMPERSONATION_MEMBER + ". " + advice()));
        JsonElement source = json.get("source_credentials");
        if (source == null || !source.isJsonObject()) {
            throw new IOException("The " + origin + " lacks source_credentials. " + advice());
        }
        return target.actedAsBy(identity(source.getAsJsonObject()), delegates(json));
    }

    private static List<String> delegates(JsonObject json) {
        List<String> names = new ArrayList<>();
        JsonElement delegates = json.get("delegates");
        JsonArray array = delegates != null && delegates.isJsonArray() ? delegates.getAsJsonArray() : new JsonArray();
        array.forEach(name -> names.add(name.getAsString().replaceFirst("^.*/", "")));
        return names;
    }

    private Optional<Target> target(JsonObject json) throws IOException {
        Optional<String> url = Json.text(json, IMPERSONATION_MEMBER);
        if (!url.isPresent()) {
            return Optional.empty();
        }
        Matcher matcher = IMPERSONATION_URL.matcher(url.get());
        if (!matcher.matches()) {
            throw new IOException(
                    "The " + IMPERSONATION_MEMBER + " of the " + origin + " names no service account. " + advice());
        }
        try {
            URI endpoint = Endpoints.safe(matcher.group(1), "The " + IMPERSONATION_MEMBER + " of the " + origin);
            return Optional.of(new Target(matcher.group(2), api.orAt(endpoint)));
        } catch (IllegalArgumentException unsafe) {
            throw new IOException(unsafe.getMessage(), unsafe);
        }
    }

    private GoogleIdentity parsed(JsonObject json, Parser parser) throws IOException {
        try {
            URI plain = plainTokenUrl(json);
            byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
            return parser.parse(new ByteArrayInputStream(bytes), () -> new GoogleTransport(http, plain));
        } catch (IOException | RuntimeException broken) {
            // Without the cause: the library's texts may quote the file.
            throw new IOException("The " + origin + " is broken (" + whatIsMissing(json, broken) + "). " + advice());
        }
    }

    private static String whatIsMissing(JsonObject json, Exception broken) {
        if ("service_account".equals(Json.text(json, "type").orElse(""))) {
            for (String member : List.of("client_id", "client_email", "private_key", "private_key_id")) {
                if (!Json.text(json, member).isPresent()) {
                    return "it lacks " + member;
                }
            }
            boolean unsafe = broken instanceof IllegalArgumentException
                    && String.valueOf(broken.getMessage()).startsWith("The token_ur");
            return unsafe ? "its token_uri must be an https URL" : "its private_key can't be read";
        }
        return "Google's library refuses it with " + broken.getClass().getSimpleName();
    }

    private static String advice() {
        return "Make a new one: `gcloud iam service-accounts keys create FILE --iam-account=SA`, `gcloud auth"
                + " application-default login --impersonate-service-account=SA`, or `gcloud iam workload-identity-pools"
                + " create-cred-config … --service-account=SA`.";
    }

    private interface Parser {
        GoogleIdentity parse(InputStream stream, HttpTransportFactory transport) throws IOException;
    }

    /** The service account that a file says to act as. */
    private static final class Target {
        private final String serviceAccount;
        private final IamCredentialsApi api;

        Target(String serviceAccount, IamCredentialsApi api) {
            this.serviceAccount = serviceAccount;
            this.api = api;
        }

        GoogleIdentity actedAsBy(GoogleIdentity source, List<String> delegates) {
            return source.actingAs(serviceAccount, delegates, api);
        }
    }
}
