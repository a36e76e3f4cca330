package io.github.mlflowauth.auth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the token of another source until shortly before it expires. Thread-safe.
 *
 * <p>The expiry is the one that the source gives, else the {@code exp} of a JWT. With neither, the source is asked for
 * each attempt; attempts at the same moment share one fetch.
 *
 * <ul>
 *   <li>More than 3 min 45 s left: the token is returned at once.
 *   <li>Less: one daemon thread fetches the next one, and nobody waits. If that fails, or brings a token that lasts no
 *       longer, the next try is about 30 s later.
 *   <li>Less than 60 s: callers wait for the fetch, all for the same one, and no longer than they say. A token that
 *       hasn't expired yet still serves when the fetch fails.
 * </ul>
 *
 * <p>The source is called on a daemon thread of this class, never twice at once, unless it hangs: then the fetch is
 * interrupted and abandoned after the fetch timeout, at most three hanging ones exist, and what a late one brings is
 * still used.
 */
public final class CachingTokenSource implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(CachingTokenSource.class);
    private static final int MOST_HANGING = 3;
    private static final Duration PATIENCE_WITH_A_USABLE_TOKEN = Duration.ofSeconds(5);

    private final TokenSource source;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Executor executor;
    private final Duration softMargin;
    private final Duration hardMargin;
    private final Duration maxWait;
    private final Duration fetchTimeout;
    private final Duration pause;

    private final Object lock = new Object();
    private volatile @Nullable CachedToken cached;
    private volatile @Nullable TokenFetch running;
    /** Ticker value before which a token that is still usable isn't refreshed. */
    private volatile long refreshNotBefore;

    private int hanging; // guarded by lock, like the next two
    private @Nullable BearerToken rejected;
    private int rejections;

    CachingTokenSource(CachingTokenSourceBuilder builder) {
        source = builder.source;
        clock = builder.clock;
        ticker = builder.ticker;
        executor = builder.executor;
        softMargin = builder.softMargin;
        hardMargin = builder.hardMargin;
        maxWait = builder.maxWait;
        fetchTimeout = builder.fetchTimeout;
        pause = builder.pause;
        refreshNotBefore = ticker.getAsLong();
    }

    /** The source itself if it caches already, else a cache with the defaults around it. */
    public static CachingTokenSource of(TokenSource source) {
        return source instanceof CachingTokenSource
                ? (CachingTokenSource) source
                : builder(source).build();
    }

    /** A builder that starts with the defaults. */
    public static CachingTokenSourceBuilder builder(TokenSource source) {
        return new CachingTokenSourceBuilder(source);
    }

    /** A token that is valid now, waiting at most the default wait. */
    @Override
    public BearerToken token() throws IOException {
        return token(maxWait);
    }

    /**
     * A token that is valid now.
     *
     * @param longest how long to wait for the source, if there is nothing to go on with
     * @throws IOException if there is none in that time; the message says why
     */
    public BearerToken token(Duration longest) throws IOException {
        CachedToken held = cached;
        long now = clock.millis();
        if (held != null && held.isFresh(now)) {
            return held.token();
        }
        if (held != null && held.isComfortable(now)) {
            refreshInBackground(held);
            return held.token();
        }
        boolean usable = held != null && held.isUsable(now);
        if (held != null && usable && ticker.getAsLong() - refreshNotBefore < 0) {
            return held.token();
        }
        return fetched(held, usable ? patience(longest) : longest);
    }

    private static Duration patience(Duration longest) {
        Duration half = longest.dividedBy(2);
        return half.compareTo(PATIENCE_WITH_A_USABLE_TOKEN) < 0 ? half : PATIENCE_WITH_A_USABLE_TOKEN;
    }

    private BearerToken fetched(@Nullable CachedToken held, Duration longest) throws IOException {
        IOException why;
        try {
            TokenFetch fetch = joinOrStart(held);
            CachedToken got = fetch.await(Math.min(longest.toNanos(), timeLeft(fetch)));
            if (got == null) {
                giveUpIfOverdue(fetch);
                got = fetch.await(0);
            }
            if (got != null) {
                return got.token();
            }
            why = new IOException("No token within " + seconds(longest) + ": the token source has been busy for "
                    + seconds(age(fetch)) + ". Check its network, or allow the call more time.");
        } catch (IOException failed) {
            why = failed;
        }
        if (held != null && held.isUsable(clock.millis()) && !isRejected(held)) {
            return held.token();
        }
        throw why;
    }

    /**
     * Drops the token if it is still the one in the cache; otherwise another thread was faster and there is nothing to
     * do. A token that the source gave again right after it was rejected stays for about 30 s.
     */
    @Override
    public void reject(BearerToken used) {
        synchronized (lock) {
            CachedToken held = cached;
            boolean known = rejected != null && rejected.value().equals(used.value());
            if (held == null ? known : !held.is(used) || (known && ticker.getAsLong() - refreshNotBefore < 0)) {
                return;
            }
            cached = null;
            rejected = used;
            rejections++;
        }
        source.reject(used);
    }

    private boolean isRejected(CachedToken held) {
        synchronized (lock) {
            return cached == null && rejected != null && held.is(rejected);
        }
    }

    private void refreshInBackground(CachedToken held) {
        TokenFetch fetch = running;
        if (fetch != null) {
            giveUpIfOverdue(fetch);
        } else if (ticker.getAsLong() - refreshNotBefore >= 0) {
            joinOrStart(held);
        }
    }

    private TokenFetch joinOrStart(@Nullable CachedToken seen) {
        TokenFetch fetch;
        synchronized (lock) {
            CachedToken newest = cached;
            if (newest != null && newest != seen) {
                fetch = new TokenFetch(ticker.getAsLong());
                fetch.succeed(newest);
                return fetch;
            }
            fetch = running;
            if (fetch != null) {
                giveUpIfOverdue(fetch);
            }
            fetch = running;
            if (fetch != null) {
                return fetch;
            }
            fetch = new TokenFetch(ticker.getAsLong());
            if (hanging >= MOST_HANGING) {
                fetch.fail(new IOException(hanging + " earlier calls of the token source still hang, so no other is"
                        + " started before one of them ends. Check the source's network, and give it a timeout."));
                return fetch;
            }
            running = fetch;
        }
        start(fetch);
        return fetch;
    }

    private void start(TokenFetch fetch) {
        try {
            executor.execute(() -> run(fetch));
        } catch (RuntimeException | Error noThread) {
            failed(fetch, wrapped("Starting the token source", noThread));
        }
    }

    private void run(TokenFetch fetch) {
        fetch.begin();
        try {
            CachedToken got = load();
            succeeded(fetch, got);
        } catch (IOException failure) {
            failed(fetch, failure);
        } catch (RuntimeException | Error failure) {
            failed(fetch, wrapped("The token source", failure));
        }
    }

    private static IOException wrapped(String what, Throwable failure) {
        String text = what + " failed with " + failure.getClass().getName()
                + ": a bug in it, or in how it is used. See the cause.";
        return new IOException(text, failure);
    }

    /** Asks the source; once more if what it brought was rejected while it was at it. */
    private CachedToken load() throws IOException {
        int before = rejectionCount();
        CachedToken got = check(source.token());
        return rejectionCount() != before && wasRejected(got) ? check(source.token()) : got;
    }

    private int rejectionCount() {
        synchronized (lock) {
            return rejections;
        }
    }

    private boolean wasRejected(CachedToken got) {
        synchronized (lock) {
            return rejected != null && got.is(rejected);
        }
    }

    private CachedToken check(@Nullable BearerToken given) throws IOException {
        if (given == null) {
            throw new IOException("The token source returned null instead of a token.");
        }
        Instant expiry = given.expiresAt().isPresent()
                ? given.expiresAt().get()
                : Jwt.expiry(given.value()).orElse(null);
        Instant now = clock.instant();
        if (expiry != null && !expiry.isAfter(now)) {
            throw new IOException("The token source gave a token that expired at " + expiry + ", "
                    + seconds(Duration.between(expiry, now))
                    + " before it arrived. Check this machine's clock (it says "
                    + now + ") and the source.");
        }
        BearerToken token = expiry == null ? given : BearerToken.of(given.value(), expiry);
        return new CachedToken(token, expiry, softMargin, hardMargin);
    }

    private void succeeded(TokenFetch fetch, CachedToken got) {
        synchronized (lock) {
            boolean late = ended(fetch);
            boolean again = rejected != null && got.is(rejected);
            if (got.isLasting() && (late ? got.expiresAfter(cached) && !again : true)) {
                long now = clock.millis();
                boolean noBetter = again || !got.isFresh(now) || !got.expiresAfter(cached);
                refreshNotBefore = ticker.getAsLong() + (noBetter ? pauseNanos(got.isComfortable(now)) : 0);
                cached = got;
            }
            if (!again) {
                rejected = null;
            }
        }
        fetch.succeed(got);
    }

    private void failed(TokenFetch fetch, IOException why) {
        synchronized (lock) {
            if (!ended(fetch)) {
                pauseAfterFailure(why);
            }
        }
        fetch.fail(why);
    }

    /** Under the lock: books the end of a source's run, and says whether it had been abandoned. */
    private boolean ended(TokenFetch fetch) {
        boolean late = fetch.end();
        if (late) {
            hanging--;
        } else if (running == fetch) {
            running = null;
        }
        return late;
    }

    private void giveUpIfOverdue(TokenFetch fetch) {
        Duration age = age(fetch);
        if (age.compareTo(fetchTimeout) < 0) {
            return;
        }
        synchronized (lock) {
            if (running != fetch) {
                return;
            }
            running = null;
            hanging++;
            IOException why = new IOException("The token source didn't answer within " + seconds(fetchTimeout)
                    + " and was given up. Check its network.");
            fetch.abandon(why);
            pauseAfterFailure(why);
        }
    }

    private void pauseAfterFailure(IOException why) {
        CachedToken held = cached;
        long now = clock.millis();
        if (held != null && held.isUsable(now)) {
            refreshNotBefore = ticker.getAsLong() + pauseNanos(held.isComfortable(now));
            LOG.warn("No new token; the old one is used until it expires: {}", why.getMessage());
            LOG.debug("Why there is no new token", why);
        }
    }

    /** The pause, a sixth of it when time is short, and a fifth more or less so that many processes spread out. */
    private long pauseNanos(boolean comfortable) {
        double factor = ThreadLocalRandom.current().nextDouble(0.8, 1.2) * (comfortable ? 1 : 1 / 6.0);
        return (long) (pause.toNanos() * factor);
    }

    private Duration age(TokenFetch fetch) {
        return Duration.ofNanos(ticker.getAsLong() - fetch.startedAt());
    }

    /** Until the fetch timeout, and a millisecond more so that it has really passed then. */
    private long timeLeft(TokenFetch fetch) {
        return fetchTimeout.minus(age(fetch)).toNanos() + 1_000_000;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    @Override
    public String toString() {
        return "CachingTokenSource{" + cachedText() + "}";
    }

    private String cachedText() {
        CachedToken held = cached;
        return held == null ? "nothing cached" : held.token().toString();
    }
}
