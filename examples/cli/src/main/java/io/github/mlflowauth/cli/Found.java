package io.github.mlflowauth.cli;

import java.util.List;

/** What a listing found, and whether the server has more. Immutable. */
final class Found<T> {
    private final List<T> items;
    private final boolean more;

    Found(List<T> items, boolean more) {
        this.items = List.copyOf(items);
        this.more = more;
    }

    List<T> items() {
        return items;
    }

    boolean hasMore() {
        return more;
    }
}
