package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.hc.core5.http.HttpEntity;

/** A body whose digest is taken while it flows by. */
final class DigestedEntity extends PiecewiseEntity {
    private final MessageDigest digest;

    DigestedEntity(HttpEntity body, MessageDigest digest) {
        super(body);
        this.digest = digest;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new DigestInputStream(super.getContent(), digest);
    }
}
