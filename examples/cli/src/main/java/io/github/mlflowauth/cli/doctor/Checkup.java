package io.github.mlflowauth.cli.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Checks in order; one that needs a check that failed is not run, and says so. */
final class Checkup {
    private final Consumer<Finding> listener;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();

    Checkup(Consumer<Finding> listener) {
        this.listener = listener;
    }

    /**
     * Runs a check if nothing that it needs has failed.
     *
     * @param run is given the check's name
     */
    void check(String name, Function<String, Finding> run, String... needs) {
        Optional<String> missing = Stream.of(needs).filter(failed::contains).findFirst();
        Finding finding =
                missing.map(need -> Finding.notChecked(name, "needs " + need)).orElseGet(() -> run.apply(name));
        if (missing.isPresent() || finding.status() == Finding.Status.PROBLEM) {
            failed.add(name);
        }
        findings.add(finding);
        listener.accept(finding);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
