package io.github.mlflowauth.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The hosts that are reached without the proxy. Immutable. */
final class NoProxy {
    private final List<Predicate<Target>> entries;

    private NoProxy(List<Predicate<Target>> entries) {
        this.entries = entries;
    }

    static NoProxy of(List<String> texts) {
        List<Predicate<Target>> entries = new ArrayList<>();
        for (String text : texts) {
            String entry = text.trim().toLowerCase(Locale.ROOT);
            if (!entry.isEmpty()) {
                entries.add(entry(entry));
            }
        }
        return new NoProxy(entries);
    }

    boolean matches(URI uri) {
        Target target = new Target(uri);
        return entries.stream().anyMatch(entry -> entry.test(target));
    }

    private static Predicate<Target> entry(String entry) {
        if (entry.equals("*")) {
            return target -> true;
        }
        int slash = entry.indexOf('/');
        if (slash >= 0) {
            AddressRange range = AddressRange.parse(entry)
                    .orElseThrow(() -> new IllegalArgumentException("noProxy must list host names, addresses or"
                            + " address ranges such as 10.0.0.0/8, but has '" + entry + "'"));
            return target -> target.address.filter(range::contains).isPresent();
        }
        Optional<byte[]> address = AddressRange.address(withoutBrackets(entry));
        if (address.isPresent()) {
            AddressRange one = AddressRange.only(address.get());
            return target -> target.address.filter(one::contains).isPresent();
        }
        return named(entry);
    }

    private static Predicate<Target> named(String entry) {
        int colon = entry.lastIndexOf(':');
        String name = withoutBrackets(colon < 0 ? entry : entry.substring(0, colon));
        String port = colon < 0 ? "" : entry.substring(colon + 1);
        String bare = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return target -> (port.isEmpty() || port.equals(Integer.toString(target.port)))
                && (target.host.equals(bare) || target.host.endsWith("." + bare));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Where a request goes. */
    private static final class Target {
        private final String host;
        private final int port;
        private final Optional<byte[]> address;

        Target(URI uri) {
            // Null for a host name with an underscore, which java.net.URI takes for no host at all.
            String given = uri.getHost() == null ? hostOf(String.valueOf(uri.getAuthority())) : uri.getHost();
            String lowerCase = withoutBrackets(given.toLowerCase(Locale.ROOT));
            this.host = lowerCase.endsWith(".") ? lowerCase.substring(0, lowerCase.length() - 1) : lowerCase;
            int standard = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
            this.port = uri.getPort() < 0 ? standard : uri.getPort();
            this.address = AddressRange.address(host);
        }

        private static String hostOf(String authority) {
            String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
            int colon = hostAndPort.indexOf(':');
            return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        }
    }
}
