package io.github.mlflowauth.testkit.iap;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What goes wrong on one face, request by request. */
final class FaultScript {
    private static final Duration LONGEST_HANG = Duration.ofMinutes(5);

    private final Deque<Fault> next = new ConcurrentLinkedDeque<>();
    private volatile Supplier<Fault> otherwise = Fault::none;
    private final CountDownLatch closing = new CountDownLatch(1);

    void add(List<Fault> faults) {
        next.addAll(faults);
    }

    void always(Supplier<Fault> fault) {
        otherwise = fault;
    }

    void clear() {
        next.clear();
        otherwise = Fault::none;
    }

    void close() {
        closing.countDown();
    }

    /** The scripted answer, or nothing if the face shall do its work now. */
    Optional<Answer> play() throws IOException {
        Fault scripted = next.poll();
        Fault fault = scripted == null ? otherwise.get() : scripted;
        switch (fault.kind) {
            case ANSWER:
                return Optional.of(fault.answer());
            case DELAY:
                pause(fault.delay);
                return Optional.empty();
            case HANG:
                pause(LONGEST_HANG);
                throw new IOException("a scripted hang came to its end");
            case CUT:
                throw new IOException("a scripted cut");
            default:
                return Optional.empty();
        }
    }

    private void pause(Duration length) throws IOException {
        try {
            if (closing.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the emulator is closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the emulator is closing", e);
        }
    }
}
