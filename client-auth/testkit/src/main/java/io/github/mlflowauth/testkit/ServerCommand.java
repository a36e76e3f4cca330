package io.github.mlflowauth.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line and the environment of one server. What may be secret goes into the environment. */
final class ServerCommand {
    private final ServerSpec spec;
    private final Path folder;

    ServerCommand(ServerSpec spec, Path folder) {
        this.spec = spec;
        this.folder = folder;
    }

    List<String> argv(Path python, int port) {
        List<String> argv = new ArrayList<>(List.of(python.toString(), "-m", "mlflow", "server"));
        argv.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        argv.addAll(List.of("--workers", Integer.toString(spec.workers)));
        if (spec.hasBasicAuth()) {
            argv.addAll(List.of("--app-name", "basic-auth"));
        }
        if (!spec.staticPrefix.isEmpty()) {
            argv.addAll(List.of("--static-prefix", spec.staticPrefix));
        }
        if (!spec.serveArtifacts) {
            argv.add("--no-serve-artifacts");
        }
        argv.addAll(spec.options);
        return argv;
    }

    Map<String, String> environment() throws IOException {
        Map<String, String> all = withoutMlflow(spec.environment);
        all.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        all.put("MLFLOW_DISABLE_TELEMETRY", "true");
        all.put("MLFLOW_FLASK_SERVER_SECRET_KEY", new BigInteger(160, new SecureRandom()).toString(36));
        all.put("MLFLOW_BACKEND_STORE_URI", backendStoreUri());
        all.put(
                spec.serveArtifacts ? "MLFLOW_ARTIFACTS_DESTINATION" : "MLFLOW_DEFAULT_ARTIFACT_ROOT",
                spec.artifactsDestination == null
                        ? folder.resolve("artifacts").toUri().toString()
                        : spec.artifactsDestination);
        if (!spec.allowedHosts.isEmpty()) {
            all.put("MLFLOW_SERVER_ALLOWED_HOSTS", String.join(",", spec.allowedHosts));
        }
        putAdmin(all);
        all.putAll(spec.extraEnvironment);
        return all;
    }

    /** The caller's own MLflow settings must not change the server. */
    static Map<String, String> withoutMlflow(Map<String, String> environment) {
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet().removeIf(name -> name.startsWith("MLFLOW_") || name.startsWith("_MLFLOW_"));
        return rest;
    }

    private String backendStoreUri() {
        return spec.backendStoreUri == null ? "sqlite:///" + folder.resolve("mlflow.db") : spec.backendStoreUri;
    }

    private void putAdmin(Map<String, String> all) throws IOException {
        if (spec.adminUser == null || spec.adminPassword == null) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(
                "[mlflow]",
                "default_permission = READ",
                // Else each request costs a tenth of a second of password hashing.
                "auth_cache_ttl_seconds = 60",
                "database_uri = sqlite:///" + folder.resolve("basic_auth.db"),
                "authorization_function = mlflow.server.auth:authenticate_request_basic_auth"));
        if (spec.version.adminFromEnvironment()) {
            all.put("MLFLOW_AUTH_ADMIN_USERNAME", spec.adminUser);
            all.put("MLFLOW_AUTH_ADMIN_PASSWORD", spec.adminPassword);
        } else {
            lines.add("admin_username = " + spec.adminUser);
            lines.add("admin_password = " + spec.adminPassword.replace("%", "%%"));
        }
        all.put("MLFLOW_AUTH_CONFIG_PATH", writePrivately(lines).toString());
    }

    private Path writePrivately(List<String> lines) throws IOException {
        Path file = folder.resolve("basic_auth.ini");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.write(file, lines);
    }
}
