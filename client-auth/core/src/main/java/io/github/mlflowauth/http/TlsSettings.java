package io.github.mlflowauth.http;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom https connections trust, and which certificate they show. Immutable. With none of it set, the JVM's own trust
 * store applies ({@code javax.net.ssl.trustStore} and its relatives).
 *
 * <p>The files are read when the first client with these settings is built, so a wrong file is an error there.
 */
public final class TlsSettings {
    private final @Nullable Path caBundle;
    private final @Nullable Path clientCertificate;
    private final boolean insecure;

    private TlsSettings(Builder builder) {
        this.caBundle = builder.caBundle;
        this.clientCertificate = builder.clientCertificate;
        this.insecure = builder.insecure;
    }

    /** A builder with nothing set: the JVM's trust store, no client certificate, everything checked. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder().insecure(insecure);
        builder.caBundle = caBundle;
        builder.clientCertificate = clientCertificate;
        return builder;
    }

    /** PEM file of the only certificate authorities to trust; empty for the JVM's own. */
    public Optional<Path> caBundle() {
        return Optional.ofNullable(caBundle);
    }

    /** PEM file with the client's certificate chain and private key; empty for none. */
    public Optional<Path> clientCertificate() {
        return Optional.ofNullable(clientCertificate);
    }

    /** Whether certificates and host names go unchecked. */
    public boolean isInsecure() {
        return insecure;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TlsSettings)) {
            return false;
        }
        TlsSettings that = (TlsSettings) other;
        return insecure == that.insecure
                && Objects.equals(caBundle, that.caBundle)
                && Objects.equals(clientCertificate, that.clientCertificate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(caBundle, clientCertificate, insecure);
    }

    @Override
    public String toString() {
        return "TlsSettings{caBundle=" + caBundle + ", clientCertificate=" + clientCertificate + ", insecure="
                + insecure + "}";
    }

    /** Builds {@link TlsSettings}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path caBundle;
        private @Nullable Path clientCertificate;
        private boolean insecure;

        private Builder() {}

        /**
         * Trusts the certificate authorities in a file, and no others.
         *
         * @param pem one or more certificates, each between its BEGIN and END line
         */
        public Builder caBundle(Path pem) {
            this.caBundle = Objects.requireNonNull(pem, "caBundle");
            return this;
        }

        /**
         * Shows a certificate to servers that ask for one.
         *
         * @param pem one file with the certificate, what else belongs to its chain, and its private key (PKCS#8, not
         *     encrypted)
         */
        public Builder clientCertificate(Path pem) {
            this.clientCertificate = Objects.requireNonNull(pem, "clientCertificate");
            return this;
        }

        /**
         * Checks neither certificates nor host names: whoever is on the way can read and change everything, credentials
         * included. Only for a test server. A warning is logged once.
         */
        public Builder insecure(boolean on) {
            this.insecure = on;
            return this;
        }

        /**
         * Makes the settings.
         *
         * @throws IllegalArgumentException if a CA bundle is set although nothing is to be checked
         */
        public TlsSettings build() {
            if (insecure && caBundle != null) {
                throw new IllegalArgumentException("insecure must not be set together with caBundle (" + caBundle
                        + "): with the bundle the server is checked, without checks the bundle is useless. Unset one.");
            }
            return new TlsSettings(this);
        }
    }
}
