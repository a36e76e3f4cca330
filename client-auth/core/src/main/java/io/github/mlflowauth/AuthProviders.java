package io.github.mlflowauth;

import io.github.mlflowauth.auth.RequestAuthProvider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the kinds of auth that other modules bring: with our own class loader first, then with the context one. */
final class AuthProviders {
    private AuthProviders() {}

    /**
     * @param origin where the name came from, for messages
     */
    static RequestAuthProvider named(String name, String origin) {
        Set<String> seen = new TreeSet<>();
        Optional<RequestAuthProvider> found = find(name, AuthProviders.class.getClassLoader(), seen);
        if (!found.isPresent()) {
            found = find(name, Thread.currentThread().getContextClassLoader(), seen);
        }
        return found.orElseThrow(() -> new IllegalArgumentException(missing(name, origin, seen)));
    }

    private static Optional<RequestAuthProvider> find(String name, @Nullable ClassLoader loader, Set<String> seen) {
        try {
            for (RequestAuthProvider provider : ServiceLoader.load(RequestAuthProvider.class, loader)) {
                seen.add(provider.name());
                if (provider.name().equalsIgnoreCase(name)) {
                    return Optional.of(provider);
                }
            }
        } catch (ServiceConfigurationError e) {
            throw new IllegalArgumentException(
                    "A RequestAuthProvider on the class path can't be loaded: " + e.getMessage()
                            + ". Remove its jar, or mend its META-INF/services entry.",
                    e);
        }
        return Optional.empty();
    }

    private static String missing(String name, String origin, Set<String> seen) {
        String known = seen.isEmpty() ? "" : ", " + String.join(", ", seen);
        String start =
                "No auth named '" + name + "' (" + origin + ") was found; there are: basic, bearer" + known + ". ";
        if (!name.equalsIgnoreCase("iap")) {
            return start + "Check the name, or add the jar that provides it.";
        }
        return start + "Add the dependency io.github.mlflowauth:mlflow-client-auth-iap, in the version of"
                + " mlflow-client-auth. If it is there and you run a fat jar, its META-INF/services files were not merged:"
                + " with the Maven Shade plugin add the ServicesResourceTransformer, with Gradle Shadow"
                + " mergeServiceFiles().";
    }
}
