package io.github.mlflowauth.auth;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Mints hour-long tokens {@code token-1}, {@code token-2}… unless the next answer is scripted. Counts. */
final class ScriptedSource implements TokenSource {
    private final SimulatedTime time;
    private final Deque<TokenSource> script = new ArrayDeque<>();
    private final List<BearerToken> rejected = new ArrayList<>();
    private int asked;

    ScriptedSource(SimulatedTime time) {
        this.time = time;
    }

    synchronized ScriptedSource then(TokenSource answer) {
        script.add(answer);
        return this;
    }

    @Override
    public BearerToken token() throws IOException {
        TokenSource answer;
        synchronized (this) {
            asked++;
            answer = script.poll();
            if (answer == null) {
                return BearerToken.of("token-" + asked, time.instant().plus(Duration.ofHours(1)));
            }
        }
        return answer.token();
    }

    @Override
    public synchronized void reject(BearerToken used) {
        rejected.add(used);
    }

    synchronized int asked() {
        return asked;
    }

    synchronized List<BearerToken> rejected() {
        return List.copyOf(rejected);
    }
}
