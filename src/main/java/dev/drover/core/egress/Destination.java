package dev.drover.core.egress;

import java.net.InetAddress;
import java.util.List;

/**
 * Where a request may go: the name as judged (lower case, no trailing dot), the port, and the checked addresses.
 * Whoever connects uses exactly these and never asks the resolver again; the name goes only into SNI and Host.
 */
public record Destination(String host, int port, List<InetAddress> addresses) {
    public Destination {
        addresses = List.copyOf(addresses);
    }
}
