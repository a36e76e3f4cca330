package io.github.mlflowauth.auth;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The headers that get one request past a gate or into an app.
 *
 * <p>Implementations are used by many threads at once and must be thread-safe. They answer for <em>one attempt</em>:
 * a retry asks again, so that it carries a fresh token. Each returns its credential under {@code Authorization};
 * where two layers need one, the client moves the gate's into {@code Proxy-Authorization} by itself.
 */
@FunctionalInterface
public interface RequestAuth {

    /**
     * Headers for one attempt of a request.
     *
     * @param request what is about to be sent, and how long the call may still take
     * @return header names and values; empty when this request needs none
     * @throws IOException if there is no credential now; the message must say why and what to do, and must not hold
     *     the credential. The call fails with that message, without being sent.
     */
    Map<String, String> headers(AuthRequest request) throws IOException;

    /**
     * Says whether a replay makes sense after a refusal. Asked at most once per call and layer, for every 401 and
     * every 3xx; only an implementation that now has <em>another</em> credential says yes. A replay also happens for
     * a POST, because a refused request never reached the app.
     *
     * @param refusal the answer, and the headers that {@link #headers} gave for the refused attempt
     */
    default boolean refused(Refusal refusal) {
        return false;
    }

    /**
     * One or two sentences for the person who has to mend it, when a call ends in 401, 403 or 3xx: what was refused,
     * for which identity, what to do next. Never the credential.
     *
     * @return empty when the refusal isn't this layer's
     */
    default Optional<String> explain(Refusal refusal) {
        return Optional.empty();
    }
}
