package io.github.mlflowauth.http.internal;

import okhttp3.Call;
import okhttp3.EventListener;

/** Notes whether any byte of a request left this machine, which decides whether a create may be sent again. */
final class SendWatch extends EventListener {
    static final EventListener.Factory FACTORY = call -> {
        SendWatch watch = call.request().tag(SendWatch.class);
        return watch == null ? EventListener.NONE : watch;
    };

    private volatile boolean sent;

    @Override
    public void requestHeadersStart(Call call) {
        sent = true;
    }

    boolean isSent() {
        return sent;
    }
}
