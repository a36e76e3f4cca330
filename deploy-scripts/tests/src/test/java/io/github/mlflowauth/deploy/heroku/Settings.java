package io.github.mlflowauth.deploy.heroku;

import java.util.LinkedHashMap;
import java.util.Map;

/** The app's configuration, as Heroku hands it over in the environment. Immutable. */
record Settings(Map<String, String> values) {
    Settings {
        values = Map.copyOf(values);
    }

    Settings with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Settings(changed);
    }

    Settings without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.remove(name);
        return new Settings(changed);
    }
}
