package io.github.mlflowauth.http.internal;

import okhttp3.HttpUrl;

/** Interim: the connection part brings the real one. */
final class SafeUrl {
    private SafeUrl() {}

    static String text(HttpUrl url) {
        return url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build()
                .toString();
    }
}
