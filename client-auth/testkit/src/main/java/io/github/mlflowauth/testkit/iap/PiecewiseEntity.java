package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A body of which each piece is sent as soon as it comes, however small. */
class PiecewiseEntity extends HttpEntityWrapper {
    private static final int BUFFER_BYTES = 16_384;

    PiecewiseEntity(HttpEntity body) {
        super(body);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = getContent()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        }
        out.flush();
    }
}
