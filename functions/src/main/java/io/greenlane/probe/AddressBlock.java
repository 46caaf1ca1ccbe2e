package io.greenlane.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A block of IP addresses that have the same first bits. */
final class AddressBlock {
    private final byte[] prefix;
    private final int bits;

    private AddressBlock(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** Reads a block such as {@code 169.254.0.0/16}. */
    static AddressBlock of(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            return new AddressBlock(InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
                    Integer.parseInt(cidr.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr + " is no block of addresses", e);
        }
    }

    /** Whether an address, in network order, is one of them; an IPv4 address is never in a block of IPv6. */
    boolean contains(byte[] address) {
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        if (address.length != prefix.length || !Arrays.equals(address, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int mask = 0xff << (Byte.SIZE - rest);
        return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
    }
}
