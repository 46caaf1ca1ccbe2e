package io.greenlane.probe;

import io.greenlane.json.Quote;
import io.greenlane.probe.Answer.Fault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of hosts, each looked up once and kept: a name that points elsewhere a moment later changes nothing. A name that has no
 * address is looked up again when it is next asked for.
 */
final class Names implements DnsResolver {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252}[A-Za-z0-9_])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern DECIMAL = Pattern
            .compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    /** A host whose last part is a number is an address in one of the old notations (WHATWG URL, host parsing). */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9A-Fa-f]*)");

    private final AddressRule rule;
    private final NameService service;
    private final Map<String, CompletableFuture<Looked>> looked = new ConcurrentHashMap<>();

    Names(AddressRule rule, NameService service) {
        this.rule = rule;
        this.service = service;
    }

    /** What there is to know about a host. */
    sealed interface Looked {}

    /** Every address of it may be called. */
    record Allowed(List<InetAddress> addresses) implements Looked {}

    /** It is not called. */
    record Refused(Fault fault, String sentence) implements Looked {}

    /** As {@code host} is asked for here: small letters, no brackets around an address, no dot at the end. */
    static String plain(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return (bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare).toLowerCase(Locale.ROOT);
    }

    /**
     * Looks a host up, or remembers.
     *
     * @param host as {@link #plain} gives it
     * @param within the longest wait
     */
    Looked of(String host, Duration within) {
        String objection = objection(host);
        if (objection != null) {
            return new Refused(Fault.FORBIDDEN, "The host " + Quote.of(host) + " " + objection + ".");
        }
        CompletableFuture<Looked> answer = looked.computeIfAbsent(host, name -> CompletableFuture
                .supplyAsync(() -> look(name), Thread.ofPlatform().daemon().name("names")::start));
        try {
            Looked known = answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
            if (known instanceof Refused refused && refused.fault() == Fault.UNKNOWN_HOST) {
                looked.remove(host, answer);
            }
            return known;
        } catch (TimeoutException e) {
            return new Refused(Fault.UNKNOWN_HOST, "The name " + host + " was not resolved within " + within.toMillis()
                    + " ms; does the function's subnet reach a name server?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The look-up of a name was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The look-up of " + host + " failed", e);
        }
    }

    /** Why a host is not even looked up; null when it may be. */
    private static @Nullable String objection(String host) {
        if (host.indexOf(':') >= 0) {
            return IPV6.matcher(host).matches() ? null : "is no address that can be called";
        }
        if (!NAME.matcher(host).matches()) {
            return "is no host name";
        }
        return ENDS_IN_NUMBER.matcher(host).matches() && !DECIMAL.matcher(host).matches()
                ? "is an address in disguise; an address has four decimal numbers"
                : null;
    }

    private Looked look(String host) {
        List<InetAddress> addresses;
        try {
            addresses = service.addresses(host);
        } catch (UnknownHostException e) {
            return host.indexOf(':') >= 0
                    ? new Refused(Fault.FORBIDDEN, "The host " + Quote.of(host) + " is no address.")
                    : new Refused(Fault.UNKNOWN_HOST,
                            "The name " + host + " has no address; is there still such a load balancer?");
        }
        for (InetAddress address : addresses) {
            String objection = rule.objection(address);
            if (objection != null) {
                String text = address.getHostAddress();
                return new Refused(Fault.FORBIDDEN, (text.equals(host)
                        ? host
                        : "The host " + host + " is at " + text
                                + ", which")
                        + " " + objection + "; it is never called.");
            }
        }
        return new Allowed(List.copyOf(addresses));
    }

    /** For the HTTP client: what was found before, and nothing else. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        CompletableFuture<Looked> answer = looked.get(host);
        if (answer != null && answer.getNow(null) instanceof Allowed allowed) {
            return allowed.addresses().toArray(InetAddress[]::new);
        }
        throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
