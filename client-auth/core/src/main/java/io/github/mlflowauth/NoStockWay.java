package io.github.mlflowauth;

import org.mlflow.tracking.creds.MlflowHostCreds;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;

/**
 * What the stock client's own HTTP caller and its forked Python process ask first. It refuses both, so that no byte goes
 * past our transport, in newer versions of the stock client too.
 */
final class NoStockWay implements MlflowHostCredsProvider {
    @Override
    public MlflowHostCreds getHostCreds() {
        throw new UnsupportedOperationException("This method of org.mlflow.tracking.MlflowClient is newer than"
                + " mlflow-client-auth and would bypass its transport. Use request(method, path, json), or update"
                + " mlflow-client-auth.");
    }

    @Override
    public void refresh() {
        // Nothing to refresh: there are no credentials here.
    }
}
