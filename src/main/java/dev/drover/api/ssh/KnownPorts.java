package dev.drover.api.ssh;

import dev.drover.core.id.AccessId;
import dev.drover.core.id.AgentId;
import dev.drover.core.terminal.Gateway;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;

/** Whose computer is behind which port, and by which way in a session came. */
final class KnownPorts {
    static final AttributeKey<AccessId> WAY = new AttributeKey<>();

    private final Map<Integer, Gateway.Place> places = new ConcurrentHashMap<>();

    void put(Gateway.Place place) {
        places.put(place.port(), place);
    }

    void remove(int port) {
        places.remove(port);
    }

    Set<Integer> ports() {
        return Set.copyOf(places.keySet());
    }

    /** The agent whose port the client called; empty when that is closed by now. */
    Optional<AgentId> agent(Session session) {
        return place(session).map(Gateway.Place::agent);
    }

    /** Whether the session's way in stands no more; one that has not come in yet has none to lose. */
    boolean isOver(Session session) {
        AccessId way = session.getAttribute(WAY);
        return way != null
                && place(session).filter(place -> place.ways().contains(way)).isEmpty();
    }

    int port(Session session) {
        return session.getIoSession().getLocalAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    private Optional<Gateway.Place> place(Session session) {
        return Optional.ofNullable(places.get(port(session)));
    }
}
