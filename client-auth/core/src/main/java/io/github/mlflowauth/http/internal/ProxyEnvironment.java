package io.github.mlflowauth.http.internal;

import io.github.mlflowauth.http.ProxySettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the environment names, in the way of curl and Python: {@code HTTPS_PROXY}, {@code HTTP_PROXY},
 * {@code ALL_PROXY} and {@code NO_PROXY}, lower case first. No error shows a value, because it may have a password.
 */
public final class ProxyEnvironment {
    private final UnaryOperator<@Nullable String> environment;

    /** Reads the variables when asked. */
    public ProxyEnvironment(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * The proxy for a kind of requests; empty if the environment names none.
     *
     * @param scheme of the requests, http or https
     * @throws IllegalArgumentException if a variable has the wrong form
     */
    public Optional<ProxySettings> proxyFor(String scheme) {
        return first(scheme + "_proxy", "all_proxy").map(name -> {
            ProxySettings.Builder proxy = parse(name, value(name).orElse(""));
            first("no_proxy").ifPresent(list -> noProxy(proxy, list));
            return proxy.build();
        });
    }

    /** The first variable that is set, in lower or upper case. */
    private Optional<String> first(String... lowerCaseNames) {
        for (String name : lowerCaseNames) {
            for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT))) {
                if (value(spelling).isPresent()) {
                    return Optional.of(spelling);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    private static ProxySettings.Builder parse(String name, String text) {
        int scheme = text.indexOf("://");
        if (scheme >= 0 && !text.substring(0, scheme).equalsIgnoreCase("http")) {
            throw wrong(name, "doesn't start with http://, but only HTTP proxies can be used");
        }
        // Unlike java.net.URI it takes host names with an underscore, and its silence can't show a password.
        HttpUrl url = HttpUrl.parse(scheme >= 0 ? text : "http://" + text);
        if (url == null) {
            throw wrong(name, "is no URL");
        }
        try {
            ProxySettings.Builder proxy = ProxySettings.builder(url.host(), url.port());
            return url.username().isEmpty() ? proxy : proxy.credentials(url.username(), url.password());
        } catch (IllegalArgumentException e) {
            throw wrong(name, "is wrong (" + e.getMessage() + ")");
        }
    }

    private void noProxy(ProxySettings.Builder proxy, String name) {
        try {
            proxy.noProxy(List.of(value(name).orElse("").split("[,\\s]+")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage() + ".", e);
        }
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(name + " " + what
                + ": it must look like http://proxy.example.com:3128 or http://user:password@proxy.example.com:3128. (Its"
                + " value isn't shown: it may have a password.)");
    }
}
