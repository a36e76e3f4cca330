package io.github.mlflowauth.contract;

import io.github.mlflowauth.testkit.LocalMlflowServer;
import io.github.mlflowauth.testkit.MlflowVersion;

/** The MLflow servers of this module's tests, each started once, when it is first asked for; they end with the JVM. */
final class Servers {
    private Servers() {}

    /** Asks nobody for a password; the gates of the tests stand in front of it. */
    static LocalMlflowServer open() {
        return Open.SERVER;
    }

    /** With MLflow's own users. */
    static LocalMlflowServer withUsers() {
        return WithUsers.SERVER;
    }

    /** Everything below a path prefix. */
    static LocalMlflowServer prefixed() {
        return Prefixed.SERVER;
    }

    /** MLflow 2.22. */
    static LocalMlflowServer older() {
        return Older.SERVER;
    }

    /** Leaves artifacts to its clients: each run has a file: root. */
    static LocalMlflowServer withFileRoots() {
        return WithFileRoots.SERVER;
    }

    private static final class WithFileRoots {
        static final LocalMlflowServer SERVER =
                LocalMlflowServer.builder().serveArtifacts(false).start();
    }

    private static final class Open {
        static final LocalMlflowServer SERVER = LocalMlflowServer.builder()
                // One request may hold two connections to the database, so MLflow's own 15 are too few for ten at once.
                .env("MLFLOW_SQLALCHEMYSTORE_POOL_SIZE", "40")
                .start();
    }

    private static final class WithUsers {
        static final LocalMlflowServer SERVER = LocalMlflowServer.builder()
                .basicAuthApp(Secrets.ADMIN, Secrets.ADMIN_PASSWORD)
                .start();
    }

    private static final class Prefixed {
        static final LocalMlflowServer SERVER =
                LocalMlflowServer.builder().staticPrefix("/pre/fix").start();
    }

    private static final class Older {
        static final LocalMlflowServer SERVER =
                LocalMlflowServer.builder().version(MlflowVersion.V2_22).start();
    }
}
