package io.github.mlflowauth.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of IP addresses, such as {@code 10.0.0.0/8}. Never asks DNS. */
final class AddressRange {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*");

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    static AddressRange only(byte[] address) {
        return new AddressRange(address, address.length * 8);
    }

    /** Empty if the text isn't {@code address/bits}. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        String bits = text.substring(slash + 1);
        if (!bits.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        return address(text.substring(0, slash))
                .filter(address -> Integer.parseInt(bits) <= address.length * 8)
                .map(address -> new AddressRange(address, Integer.parseInt(bits)));
    }

    /** The bytes of an address in lower case text without brackets; empty for a host name. */
    static Optional<byte[]> address(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
