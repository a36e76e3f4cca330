package io.github.mlflowauth.benchmarks;

import io.github.mlflowauth.MlflowClients;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** What is compared: the same work through the same type, made in two ways. */
public enum Side {
    /** {@code org.mlflow.tracking.MlflowClient} as it is. */
    STOCK {
        @Override
        MlflowClient client(String uri) {
            return new MlflowClient(new BasicMlflowHostCreds(uri, StubServer.USER, StubServer.PASSWORD));
        }
    },

    /** The client of this project. */
    OURS {
        @Override
        MlflowClient client(String uri) {
            return MlflowClients.forBasicAuth(uri, StubServer.USER, StubServer.PASSWORD);
        }
    };

    abstract MlflowClient client(String uri);
}
