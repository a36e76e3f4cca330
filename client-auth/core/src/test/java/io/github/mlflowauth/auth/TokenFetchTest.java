package io.github.mlflowauth.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TokenFetchTest {
    @Test
    void aFetchThatIsAbandonedBeforeItBeginsIsInterruptedAtOnce() {
        TokenFetch fetch = new TokenFetch(0);
        fetch.abandon(new IOException("too late"));
        fetch.begin();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(fetch.end()).isTrue();
    }
}
