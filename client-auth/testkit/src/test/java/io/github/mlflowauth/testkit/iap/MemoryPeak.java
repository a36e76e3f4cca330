package io.github.mlflowauth.testkit.iap;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Optional;

/** How much live memory a piece of work needed beyond what was there before: the old generation's peak. */
final class MemoryPeak {
    private final MemoryPoolMXBean old;
    private final long before;

    private MemoryPeak(MemoryPoolMXBean old) {
        this.old = old;
        old.resetPeakUsage();
        this.before = old.getUsage().getUsed();
    }

    static MemoryPeak start() {
        Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .filter(pool -> pool.getName().matches(".*(Old|Tenured).*"))
                .findFirst();
        return new MemoryPeak(old.orElseThrow());
    }

    long growthInMegabytes() {
        return (old.getPeakUsage().getUsed() - before) >> 20;
    }
}
