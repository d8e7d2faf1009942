package dev.drover.core.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a request may leave, on the resolved addresses (Jettson contract, section 9). */
public final class EgressGuard {
    private static final Logger LOG = LoggerFactory.getLogger(EgressGuard.class);

    private final NameResolver resolver;
    private final AllowList allow;
    private final NameRules names;
    private final Reach reach;
    private final EgressListener listener;
    private final Doors doors;

    /**
     * @param allow what an operator lets through although the rules forbid it: {@code host:port} or CIDR, as in
     *     {@code DROVER_EGRESS_ALLOW}
     * @param ownHosts domains of this server itself, which no agent may call
     * @throws IllegalArgumentException when an entry cannot be read; the message names it
     */
    public EgressGuard(NameResolver resolver, List<String> allow, List<String> ownHosts) {
        this(
                resolver,
                new AllowList(allow),
                new NameRules(ownHosts),
                Reach.FULL,
                EgressListener.NONE,
                new Doors(ModelDoor.CLOSED, ServerDoor.CLOSED));
    }

    private EgressGuard(
            NameResolver resolver,
            AllowList allow,
            NameRules names,
            Reach reach,
            EgressListener listener,
            Doors doors) {
        this.resolver = resolver;
        this.allow = allow;
        this.names = names;
        this.reach = reach;
        this.listener = listener;
        this.doors = doors;
    }

    /** What this server offers behind a computer's way out. */
    private record Doors(ModelDoor models, ServerDoor server) {}

    /** The same rules, with every decision told to one run's listener. */
    public EgressGuard reportingTo(EgressListener hearer) {
        return new EgressGuard(resolver, allow, names, reach, hearer, doors);
    }

    /** The same rules, and of what they let through only what lies within the network of one run. */
    public EgressGuard within(Network network) {
        return new EgressGuard(resolver, allow, names, Reach.of(network), listener, doors);
    }

    /** The same rules, and a target that an administrator has named: {@code host:port}. */
    public EgressGuard allowing(String target) {
        return new EgressGuard(resolver, allow.with(target), names, reach, listener, doors);
    }

    /** The same rules, and models to ask with this server's keys. */
    public EgressGuard withModels(ModelDoor door) {
        return new EgressGuard(resolver, allow, names, reach, listener, new Doors(door, doors.server()));
    }

    /** The same rules, and a way to this server's own API. */
    public EgressGuard withServer(ServerDoor door) {
        return new EgressGuard(resolver, allow, names, reach, listener, new Doors(doors.models(), door));
    }

    /** Which models may be asked with this server's keys. */
    public ModelDoor models() {
        return doors.models();
    }

    /** The way to this server's own API. */
    public ServerDoor server() {
        return doors.server();
    }

    /** Judges an absolute http or https URL. */
    public Destination check(String url) throws EgressDenied {
        return reported(url, () -> {
            WebUrl read = WebUrl.read(url);
            return judge(read.host(), read.port());
        });
    }

    /** Judges a URL that was read before. */
    public Destination check(WebUrl url) throws EgressDenied {
        return check(url.host(), url.port());
    }

    /** Judges a host, as a name or an address literal, and a port. */
    public Destination check(String host, int port) throws EgressDenied {
        return reported(host + ":" + port, () -> judge(host, port));
    }

    private Destination judge(String spelled, int port) throws EgressDenied {
        HostName host = HostName.read(spelled);
        WebUrl.checked(port);
        Optional<String> outOfReach = reach.objection(host);
        if (outOfReach.isPresent()) {
            throw new EgressDenied("the target '" + Shown.of(host.text()) + "' " + outOfReach.get());
        }
        boolean named = allow.allows(host, port);
        if (!named) {
            deny(host, names.objection(host));
        }
        List<InetAddress> addresses = addresses(host);
        if (!named) {
            for (InetAddress address : addresses) {
                if (!allow.allows(address, port)) {
                    deny(host, objection(address));
                }
            }
        }
        return new Destination(host.text(), port, addresses);
    }

    private List<InetAddress> addresses(HostName host) throws EgressDenied {
        InetAddress literal = host.address();
        if (literal != null) {
            return List.of(literal);
        }
        try {
            List<InetAddress> addresses = resolver.resolve(host.text());
            if (!addresses.isEmpty()) {
                return addresses;
            }
        } catch (UnknownHostException e) {
            LOG.debug("no address for {}", host.text(), e);
        }
        throw EgressDenied.noAddress(host);
    }

    private Optional<String> objection(InetAddress address) {
        return AddressRules.objection(address.getAddress())
                .or(() -> names.objection(address))
                .map(reason -> address.getHostAddress() + " is " + reason);
    }

    private static void deny(HostName host, Optional<String> reason) throws EgressDenied {
        if (reason.isPresent()) {
            throw new EgressDenied("the target '" + Shown.of(host.text()) + "' is private/internal: " + reason.get());
        }
    }

    private Destination reported(String target, Decision decision) throws EgressDenied {
        try {
            Destination destination = decision.make();
            LOG.debug("egress allowed: {}", destination);
            listener.allowed(destination);
            return destination;
        } catch (EgressDenied denied) {
            LOG.debug("egress denied: {}", denied.reason());
            listener.denied(Shown.of(target), denied.reason());
            throw denied;
        }
    }

    private interface Decision {
        Destination make() throws EgressDenied;
    }
}
