package io.github.mlflowauth.http.internal;

import okhttp3.HttpUrl;

/** The text of a URL for messages and logs: without user name and password, query and fragment, which may be secret. */
final class SafeUrl {
    private SafeUrl() {}

    static String text(HttpUrl url) {
        HttpUrl.Builder clean =
                url.newBuilder().username("").password("").query(null).fragment(null);
        return clean.build().toString();
    }
}
