package io.github.mlflowauth.auth;

import java.io.IOException;

/**
 * Gives bearer tokens. One lambda is enough to plug in a foreign one:
 * {@code MlflowClients.forBearerToken(uri, () -> BearerToken.of(mint()))}.
 *
 * <p>The client wraps every source in a {@link CachingTokenSource}, so an implementation may fetch on each call.
 */
@FunctionalInterface
public interface TokenSource {

    /**
     * A token that is valid now.
     *
     * @throws IOException if there is none; the message must say why and what to do, and must not hold a secret
     */
    BearerToken token() throws IOException;

    /**
     * Tells the source that the server refused a token, so that it does not hand out the same one again if it has
     * another. Sources that always fetch need not implement it.
     */
    default void reject(BearerToken used) {}
}
