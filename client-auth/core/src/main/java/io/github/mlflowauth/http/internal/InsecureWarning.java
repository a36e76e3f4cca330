package io.github.mlflowauth.http.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once that nobody checks whom the client talks to. */
final class InsecureWarning {
    /** The one of this JVM. */
    static final InsecureWarning SHARED = new InsecureWarning();

    private static final Logger LOG = LoggerFactory.getLogger("io.github.mlflowauth.http");

    private final AtomicBoolean given = new AtomicBoolean();

    void giveOnce() {
        if (given.compareAndSet(false, true)) {
            LOG.warn(
                    "TLS certificates and host names are not checked (insecure, or MLFLOW_TRACKING_INSECURE_TLS): whoever"
                            + " is on the way can read and change everything, credentials included. For a private certificate"
                            + " authority set caBundle or MLFLOW_TRACKING_SERVER_CERT_PATH instead.");
        }
    }
}
