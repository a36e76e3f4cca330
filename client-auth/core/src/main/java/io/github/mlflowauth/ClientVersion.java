package io.github.mlflowauth;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.mlflow.tracking.MlflowClientVersion;

/** Who we say we are. MLflow's servers and proxies know Java clients by the prefix of the stock one. */
final class ClientVersion {
    private ClientVersion() {}

    static String userAgent() {
        return "mlflow-java-client/" + MlflowClientVersion.getClientVersion() + " mlflow-client-auth/" + ours();
    }

    private static String ours() {
        Properties properties = new Properties();
        try (InputStream in = ClientVersion.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Can't read version.properties from the mlflow-client-auth jar.", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
