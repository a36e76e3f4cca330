/**
 * How requests travel: timeouts, retries, the connection cap, TLS and the proxy. Start with
 * {@link io.github.mlflowauth.http.TransportSettings}, which holds the others. All of these are immutable values that
 * are safe to share between threads, and none of them shows the HTTP engine underneath.
 */
@NullMarked
package io.github.mlflowauth.http;

import org.jspecify.annotations.NullMarked;
