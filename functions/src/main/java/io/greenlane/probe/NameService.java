package io.greenlane.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. */
@FunctionalInterface
interface NameService {
    /** That of the system. */
    NameService SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** All addresses, at least one; a literal is its own. */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
