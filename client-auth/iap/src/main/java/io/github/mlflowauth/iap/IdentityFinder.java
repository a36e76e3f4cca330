package io.github.mlflowauth.iap;

import io.github.mlflowauth.auth.AuthSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the identity of this process where Google's own libraries look (Application Default Credentials), but in the
 * environment that it is given, and in bounded time.
 */
final class IdentityFinder {
    private static final String KEY_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

    private final IapOptions options;
    private final AuthSettings settings;
    private final GoogleHttp http;
    private final IamCredentialsApi api;

    IdentityFinder(IapOptions options, AuthSettings settings, GoogleHttp http) {
        this.options = options;
        this.settings = settings;
        this.http = http;
        this.api = IamCredentialsApi.at(options.iamCredentialsEndpoint(), http);
    }

    /**
     * @throws IOException if there is none or it is broken; the message lists where it was looked for
     */
    GoogleIdentity find() throws IOException {
        GoogleIdentity own = own();
        Optional<String> serviceAccount = options.impersonated();
        return serviceAccount.isPresent() ? own.actingAs(serviceAccount.get(), options.delegates(), api) : own;
    }

    private GoogleIdentity own() throws IOException {
        Optional<KeySource> given = options.keySource();
        if (given.isPresent()) {
            return file(given.get().origin()).read(given.get().text());
        }
        Optional<String> named = settings.environmentVariable(KEY_VARIABLE);
        if (named.isPresent()) {
            KeySource source = KeySource.file(Paths.get(named.get()), "key file of " + KEY_VARIABLE);
            return file(source.origin()).read(source.text());
        }
        Path wellKnown = wellKnownFile();
        if (Files.isRegularFile(wellKnown)) {
            KeySource source = KeySource.file(wellKnown, "gcloud file");
            return file(source.origin()).read(source.text());
        }
        return fromMetadataServer(wellKnown);
    }

    private CredentialFile file(String origin) {
        return new CredentialFile(origin, http, api);
    }

    private GoogleIdentity fromMetadataServer(Path wellKnown) throws IOException {
        boolean skipped = settings.environmentVariable("NO_GCE_CHECK")
                .map(value -> value.toLowerCase(Locale.ROOT).equals("true"))
                .orElse(false);
        String host = settings.environmentVariable("GCE_METADATA_HOST").orElse(MetadataServer.DEFAULT_HOST);
        if (!host.matches("[A-Za-z0-9.-]+(:\\d+)?|\\[[0-9A-Fa-f:]+](:\\d+)?")) {
            throw new IOException("GCE_METADATA_HOST must be HOST or HOST:PORT, without http://.");
        }
        MetadataServer server = new MetadataServer(host, http);
        if (!skipped && server.isThere()) {
            return new MetadataIdentity(server, server.email(), api);
        }
        throw new IOException("No Google credentials found (looked at " + KEY_VARIABLE + ": not set; gcloud file "
                + wellKnown + ": not there; metadata server " + host + ": "
                + (skipped ? "skipped because of NO_GCE_CHECK" : "no answer") + "). Run `gcloud auth"
                + " application-default login --impersonate-service-account=SA` or set a key file.");
    }

    private Path wellKnownFile() {
        return configFolder().resolve("application_default_credentials.json");
    }

    private Path configFolder() {
        Optional<String> explicit = settings.environmentVariable("CLOUDSDK_CONFIG");
        if (explicit.isPresent()) {
            return Paths.get(explicit.get());
        }
        Optional<String> windows = settings.environmentVariable("APPDATA");
        if (windows.isPresent() && System.getProperty("os.name", "").startsWith("Windows")) {
            return Paths.get(windows.get(), "gcloud");
        }
        String home = settings.environmentVariable("HOME").orElse(System.getProperty("user.home", ""));
        return Paths.get(home, ".config", "gcloud");
    }
}
