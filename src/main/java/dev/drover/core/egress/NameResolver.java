package dev.drover.core.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into all of its addresses; the system's resolver outside tests. */
@FunctionalInterface
public interface NameResolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
