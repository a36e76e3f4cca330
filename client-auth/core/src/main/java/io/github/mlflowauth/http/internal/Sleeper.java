package io.github.mlflowauth.http.internal;

import java.time.Duration;

/** Waits between attempts; a test passes in one that doesn't. */
@FunctionalInterface
interface Sleeper {
    Sleeper REAL = wait -> Thread.sleep(wait.toMillis());

    void sleep(Duration wait) throws InterruptedException;
}
