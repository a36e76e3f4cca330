package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.TransportSettings;

/** Interim: the connection part brings the real one. */
final class HttpPools {
    private HttpPools() {}

    static PoolLease open(TransportSettings settings) {
        return new PoolLease(settings);
    }
}
