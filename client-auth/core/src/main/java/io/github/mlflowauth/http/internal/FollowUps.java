package io.github.mlflowauth.http.internal;

import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from sending a request again by itself after some statuses (408, 421, 503 with {@code Retry-After: 0}),
 * which it does for every request without a one-shot body, so for every GET. It decides by the status, so the status is
 * disguised on its way through.
 */
final class FollowUps {
    private static final int DISGUISE = 1000;

    /** A network interceptor. */
    static final Interceptor HIDDEN = chain -> {
        Response response = chain.proceed(chain.request());
        switch (response.code()) {
            case 408:
            case 421:
            case 503:
                return response.newBuilder().code(response.code() + DISGUISE).build();
            default:
                return response;
        }
    };

    private FollowUps() {}

    /** The status that the server sent. */
    static int status(Response response) {
        return response.code() % DISGUISE;
    }
}
