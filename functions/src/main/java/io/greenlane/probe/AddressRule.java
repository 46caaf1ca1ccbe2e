package io.greenlane.probe;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses requests may go to. Private ones (RFC 1918, fc00::/7) are allowed, since internal load balancers have them, and so is
 * 100.64.0.0/10, which subnets of a VPC may use.
 */
public enum AddressRule {
    /** For a function that runs in AWS: no loopback, where Lambda's own runtime listens. */
    DEPLOYED,
    /** For a laptop and the rehearsal, whose load balancers listen on loopback: that is allowed too, and nothing else. */
    LOCAL;

    private static final List<AddressBlock> LOOPBACK = blocks("127.0.0.0/8", "::1/128");
    /** IANA special-purpose registries; the metadata of EC2 and of ECS tasks is at link-local addresses (EC2 and ECS guides). */
    private static final List<Refused> REFUSED = List.of(
            new Refused("an unspecified address", blocks("0.0.0.0/8", "::/128")),
            new Refused("a link-local address, where metadata services are", blocks("169.254.0.0/16", "fe80::/10")),
            // AWS answers for metadata, DNS and time in this block; the others are those of other clouds, among addresses that a
            // VPC may use: one address lost in each, for a rule that also holds on a laptop in another cloud.
            new Refused("an address of a metadata service",
                    blocks("fd00:ec2::/32", "fd20:ce::254/128", "100.100.100.200/32", "168.63.129.16/32")),
            new Refused("a multicast address", blocks("224.0.0.0/4", "ff00::/8")),
            new Refused("a reserved address", blocks("192.0.0.0/24", "240.0.0.0/4")),
            new Refused("an address that hides one of IPv4 (6to4, Teredo)", blocks("2002::/16", "2001::/32")));
    private static final List<AddressBlock> IPV6_NETWORKS = blocks("2000::/3", "fc00::/7");
    /** Addresses of IPv4 as IPv6-only subnets see them (RFC 6052). */
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");

    /**
     * The rule for a function that was told to find AWS there.
     *
     * @param awsEndpointUrl of the SDK (environment variable AWS_ENDPOINT_URL); null in AWS itself. On loopback it is the local
     *            cloud, whose load balancers are there as well.
     */
    public static AddressRule forEndpoint(@Nullable String awsEndpointUrl) {
        if (awsEndpointUrl == null) {
            return DEPLOYED;
        }
        try {
            String host = new URI(awsEndpointUrl).getHost();
            return host != null && isLoopback(host.toLowerCase(Locale.ROOT)) ? LOCAL : DEPLOYED;
        } catch (URISyntaxException e) {
            return DEPLOYED;
        }
    }

    /** No name but localhost is asked for: a name can point anywhere. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Why an address is never called, as in {@code is a multicast address}; null when it may be. */
    @Nullable
    String objection(InetAddress address) {
        return objection(address.getAddress());
    }

    private @Nullable String objection(byte[] address) {
        if (anyContains(LOOPBACK, address)) {
            return this == LOCAL ? null : "is a loopback address";
        }
        for (Refused refused : REFUSED) {
            if (anyContains(refused.blocks(), address)) {
                return "is " + refused.what();
            }
        }
        if (NAT64.contains(address)) {
            return embedded(Arrays.copyOfRange(address, 12, 16));
        }
        return address.length == 4 || anyContains(IPV6_NETWORKS, address) ? null : "is no address of a host";
    }

    /** Loopback behind a translator is never the laptop's own. */
    private static @Nullable String embedded(byte[] ipv4) {
        String objection = DEPLOYED.objection(ipv4);
        try {
            return objection == null
                    ? null
                    : "stands for " + InetAddress.getByAddress(ipv4).getHostAddress() + ", which " + objection;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static boolean anyContains(List<AddressBlock> blocks, byte[] address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static List<AddressBlock> blocks(String... cidrs) {
        return Arrays.stream(cidrs).map(AddressBlock::of).toList();
    }

    private record Refused(String what, List<AddressBlock> blocks) {}
}
