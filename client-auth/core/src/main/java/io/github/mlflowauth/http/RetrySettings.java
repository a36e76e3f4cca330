package io.github.mlflowauth.http;

import java.util.Objects;

/**
 * How often a call is tried again, and how long it waits in between. Immutable; the names and bounds are those of
 * MLflow's Python client.
 *
 * <p>The delay before retry n is random in [d/2, d] with d = min(60 s, {@link #backoffFactor} · 2<sup>n−1</sup>), unless
 * the server names a delay.
 */
public final class RetrySettings {
    private final int maxRetries;
    private final double backoffFactor;
    private final double backoffJitter;

    private RetrySettings(Builder builder) {
        this.maxRetries = builder.maxRetries;
        this.backoffFactor = builder.backoffFactor;
        this.backoffJitter = builder.backoffJitter;
    }

    /** A builder with the defaults: 7 retries, factor 2 s, jitter 1. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder().maxRetries(maxRetries).backoffFactor(backoffFactor).backoffJitter(backoffJitter);
    }

    /** Retries after the first attempt; see {@link Builder#maxRetries}. */
    public int maxRetries() {
        return maxRetries;
    }

    /** The longest delay before the first retry, in seconds; see {@link Builder#backoffFactor}. */
    public double backoffFactor() {
        return backoffFactor;
    }

    /** Whether delays are random; see {@link Builder#backoffJitter}. */
    public double backoffJitter() {
        return backoffJitter;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof RetrySettings)) {
            return false;
        }
        RetrySettings that = (RetrySettings) other;
        return maxRetries == that.maxRetries
                && Double.compare(backoffFactor, that.backoffFactor) == 0
                && Double.compare(backoffJitter, that.backoffJitter) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxRetries, backoffFactor, backoffJitter);
    }

    @Override
    public String toString() {
        return "RetrySettings{maxRetries=" + maxRetries + ", backoffFactor=" + backoffFactor + " s, backoffJitter="
                + backoffJitter + "}";
    }

    /** Builds {@link RetrySettings}. Not thread-safe; each setter checks its value. */
    public static final class Builder {
        private int maxRetries = 7;
        private double backoffFactor = 2;
        private double backoffJitter = 1;

        private Builder() {}

        /**
         * How often a call is tried again.
         *
         * @param retries 0 to 10; default 7
         */
        public Builder maxRetries(int retries) {
            this.maxRetries = SettingChecks.between("maxRetries", retries, 0, 10);
            return this;
        }

        /**
         * The longest delay before the first retry; it doubles with each further one, up to 60 seconds.
         *
         * @param seconds 0 to 120; default 2
         */
        public Builder backoffFactor(double seconds) {
            this.backoffFactor = SettingChecks.between("backoffFactor", seconds, 0, 120);
            return this;
        }

        /**
         * Whether delays are random. Kept for the Python client's setting of that name, where it is a number of seconds;
         * here anything above 0 means a delay in [d/2, d], and 0 means exactly d.
         *
         * @param jitter 0 to 120; default 1
         */
        public Builder backoffJitter(double jitter) {
            this.backoffJitter = SettingChecks.between("backoffJitter", jitter, 0, 120);
            return this;
        }

        /** Makes the settings. */
        public RetrySettings build() {
            return new RetrySettings(this);
        }
    }
}
