package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.auth.AuthLayer;
import io.github.mlflowauth.auth.AuthRequest;
import io.github.mlflowauth.http.TransportSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The way of a request: attempts under one deadline, each with fresh credentials, until there is a result or the retry
 * table says stop. Never follows a redirect. Thread-safe.
 */
public final class Transport implements Closeable {
    private static final Duration BULK_ATTEMPTS_DEADLINE = Duration.ofDays(7);

    private final Origin origin;
    private final TransportSettings settings;
    private final AuthLayers auth;
    private final ExtraHeaders extraHeaders;
    private final RetryRules rules;
    private final Sleeper sleeper;
    private final PoolLease pool;
    private final Exchange exchange;

    Transport(
            Origin origin,
            TransportSettings settings,
            AuthLayers auth,
            ExtraHeaders extraHeaders,
            RetryRules rules,
            Sleeper sleeper) {
        this.origin = origin;
        this.settings = settings;
        this.auth = auth;
        this.extraHeaders = extraHeaders;
        this.rules = rules;
        this.sleeper = sleeper;
        this.pool = HttpPools.open(settings);
        this.exchange = new Exchange(pool.client(), pool.bulkClient());
    }

    /** Opens a transport on the JVM's shared pool for these settings; {@link #close} gives its lease back. */
    public static Transport open(
            Origin origin, TransportSettings settings, AuthLayers auth, ExtraHeaders extraHeaders) {
        return new Transport(origin, settings, auth, extraHeaders, new RetryRules(settings.retry()), Sleeper.REAL);
    }

    /** The server that this transport talks to. */
    public Origin origin() {
        return origin;
    }

    /**
     * Makes an API call.
     *
     * @return the answer's JSON text
     * @throws CallFailedException if there is no result
     */
    public String json(HttpCall call) throws CallFailedException {
        return call(call, new JsonText());
    }

    /**
     * Makes a call and reads its answer as it streams in.
     *
     * @throws CallFailedException if there is no result
     */
    public <T> T call(HttpCall call, BodyReader<T> reader) throws CallFailedException {
        return new Run<>(call, reader).toTheEnd();
    }

    @Override
    public void close() {
        pool.close();
    }

    /** One call, with what its attempts so far have taught. */
    private final class Run<T> {
        private final HttpCall call;
        private final BodyReader<T> reader;
        private final HttpUrl url;
        private final Deadline deadline;
        private final EnumSet<AuthLayer> asked = EnumSet.noneOf(AuthLayer.class);
        private int attempts;
        private int retries;
        private boolean resentAfterUnknown;

        Run(HttpCall call, BodyReader<T> reader) {
            this.call = call;
            this.reader = reader;
            this.url = origin.resolve(call.path());
            this.deadline = Deadline.in(call.isBulk() ? BULK_ATTEMPTS_DEADLINE : settings.callDeadline());
        }

        T toTheEnd() throws CallFailedException {
            while (true) {
                Outcome<T> outcome = attempt();
                if (outcome.kind() == Outcome.Kind.OK) {
                    return outcome.result();
                }
                if (outcome.answer().filter(Answer::isRefusal).isPresent() && auth.wantsReplay(uri(), outcome, asked)) {
                    continue;
                }
                Optional<T> done = doneBefore(outcome);
                if (done.isPresent()) {
                    return done.get();
                }
                Optional<Duration> delay = rules.delayBeforeRetry(call.isRepeatable(), outcome, retries);
                if (!delay.isPresent() || isTooLong(delay.get())) {
                    throw failure().of(outcome);
                }
                pause(delay.get(), outcome);
            }
        }

        /** A transfer has no deadline, but a server must not make it wait for longer than any call may take. */
        private boolean isTooLong(Duration delay) {
            return deadline.endsWithin(delay) || delay.compareTo(settings.callDeadline()) > 0;
        }

        private Outcome<T> attempt() throws CallFailedException {
            Credentials credentials = credentials();
            try (PoolLease.Permit permit =
                    pool.permit(Exchange.waitForConnection(call, deadline, settings.stallTimeout()))) {
                attempts++;
                return exchange.send(call, url, extraHeaders.forRequest(call.path()), credentials, reader, deadline);
            } catch (NoFreeConnectionException e) {
                return Outcome.failed(false, e, credentials);
            }
        }

        private Credentials credentials() throws CallFailedException {
            Duration timeLeft = call.isBulk() ? settings.requestTimeout() : deadline.left();
            try {
                Credentials credentials = auth.credentials(AuthRequest.of(call.method(), uri(), timeLeft));
                origin.requireSafeFor(credentials);
                return credentials;
            } catch (IOException e) {
                throw failure().noCredential(e);
            }
        }

        /** A removal that answers 404 when sent again did its work the first time. */
        @SuppressWarnings("unchecked")
        private Optional<T> doneBefore(Outcome<T> outcome) {
            boolean done = outcome.status() == 404 && resentAfterUnknown && call.isRemovalOrRestore();
            return done && reader instanceof JsonText ? Optional.of((T) "{}") : Optional.empty();
        }

        private void pause(Duration delay, Outcome<T> outcome) throws CallFailedException {
            retries++;
            resentAfterUnknown |= outcome.kind() == Outcome.Kind.BROKEN || outcome.status() >= 500;
            RetryLog.retrying(call, url, outcome, delay);
            try {
                sleeper.sleep(delay);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure().interrupted(e);
            }
        }

        private FailureReport failure() {
            return new FailureReport(call, url, auth, attempts, deadline);
        }

        private URI uri() {
            return url.uri();
        }
    }
}
