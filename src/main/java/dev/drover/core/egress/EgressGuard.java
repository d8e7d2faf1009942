package dev.drover.core.egress;

import java.net.UnknownHostException;
import java.util.List;

/** Decides whether a request may leave, on the resolved addresses (Jettson contract, section 9). */
public final class EgressGuard {
    private final NameResolver resolver;

    /**
     * @param allow what an operator lets through although the rules forbid it: {@code host:port} or CIDR, as in
     *     {@code DROVER_EGRESS_ALLOW}
     * @param ownHosts domains of this server itself, which no agent may call
     */
    public EgressGuard(NameResolver resolver, List<String> allow, List<String> ownHosts) {
        this.resolver = resolver;
    }

    /** Judges an absolute http or https URL. */
    public Destination check(String url) throws EgressDenied {
        return check(url, 443);
    }

    /** Judges a host, as a name or an address literal, and a port. */
    public Destination check(String host, int port) throws EgressDenied {
        try {
            return new Destination(host, port, resolver.resolve(host));
        } catch (UnknownHostException e) {
            throw new EgressDenied("host '" + host + "' has no address: " + e.getMessage());
        }
    }
}
