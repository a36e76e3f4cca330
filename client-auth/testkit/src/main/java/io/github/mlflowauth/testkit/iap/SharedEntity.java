package io.github.mlflowauth.testkit.iap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** What the server drains of a client's body after the answer: not before the application's sender has let go of it. */
final class SharedEntity extends HttpEntityWrapper {
    private final UpstreamExchange exchange;

    SharedEntity(HttpEntity body, UpstreamExchange exchange) {
        super(body);
        this.exchange = exchange;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new FilterInputStream(super.getContent()) {
            @Override
            public void close() throws IOException {
                exchange.awaitSender();
                super.close();
            }
        };
    }
}
