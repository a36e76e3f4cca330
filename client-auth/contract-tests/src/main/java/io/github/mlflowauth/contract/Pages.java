package io.github.mlflowauth.contract;

import java.util.ArrayList;
import java.util.List;
import org.mlflow.tracking.Page;

/** Walks through pages as a user would. */
final class Pages {
    private Pages() {}

    static <T> List<T> walk(Page<T> first) {
        List<T> all = new ArrayList<>();
        Page<T> page = first;
        page.getItems().forEach(all::add);
        while (page.hasNextPage()) {
            page = page.getNextPage();
            page.getItems().forEach(all::add);
        }
        return all;
    }
}
