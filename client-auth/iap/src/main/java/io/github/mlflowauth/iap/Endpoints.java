package io.github.mlflowauth.iap;

import java.net.URI;
import java.util.Objects;

/** Where credentials may be sent: https, or plain http to this machine only (an emulator). */
final class Endpoints {
    private Endpoints() {}

    /**
     * @param what the setting that the address comes from, for the message
     * @throws IllegalArgumentException if a credential sent there could be read on the way
     */
    static URI safe(String address, String what) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException notAUri) {
            throw new IllegalArgumentException(what + " is no URL. Write https://HOST[:PORT][/PATH].", notAUri);
        }
        String host = Objects.toString(uri.getHost(), "");
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean local = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(host);
        if (host.isEmpty() || uri.getUserInfo() != null || !(https || local)) {
            throw new IllegalArgumentException(what + " must be an https URL (plain http only on a loopback host), so"
                    + " that no credential can be read on the way.");
        }
        return uri;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
