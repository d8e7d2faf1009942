package dev.drover.api.trinity;

import dev.drover.api.http.JsonCodec;
import dev.drover.core.Refused;
import dev.drover.core.agent.Audience;
import dev.drover.core.agent.NamedAgents;
import dev.drover.core.machine.FleetEvent;
import dev.drover.core.machine.FleetEvents;
import dev.drover.core.machine.Machines;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells all open sockets what happens to agents, in order, on a thread of its own: who may know is asked once an event,
 * whoever listens, and the one who published it waits for nobody.
 */
public final class TrinityNews implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TrinityNews.class.getName());

    private final NamedAgents agents;
    private final Machines machines;
    private final FleetEvents events;
    private final Set<TrinityTalk> talks = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<FleetEvent> waiting = new LinkedBlockingQueue<>();
    private final FleetEvents.Listening listening;
    private final Thread teller;

    public TrinityNews(FleetEvents events, NamedAgents agents, Machines machines) {
        this.agents = agents;
        this.machines = machines;
        this.events = events;
        this.listening = events.listen(
                event -> {
                    if (!talks.isEmpty()) {
                        waiting.add(event);
                    }
                },
                () -> !talks.isEmpty());
        this.teller = Thread.ofVirtual().name("trinity-news").start(this::tell);
    }

    void add(TrinityTalk talk) {
        talks.add(talk);
        events.watched();
    }

    void remove(TrinityTalk talk) {
        talks.remove(talk);
    }

    private void tell() {
        try {
            while (true) {
                FleetEvent event = waiting.take();
                try {
                    tell(event);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "an event of agent " + event.name() + " was told to nobody", e);
                }
            }
        } catch (InterruptedException e) {
            // Closed: there is nobody left to tell.
        }
    }

    private void tell(FleetEvent event) {
        Audience audience;
        try {
            audience = audience(event);
        } catch (Refused e) {
            return;
        }
        String text = JsonCodec.line(TrinityEvent.of(event, machines));
        boolean forBoth = TrinityEvent.isForBoth(event);
        talks.forEach(talk -> talk.tell(text, audience, forBoth));
    }

    /** Of what takes access away, those who had it just before. */
    private Audience audience(FleetEvent event) {
        return switch (event) {
            case FleetEvent.Deleted deleted -> before(event, deleted.audience());
            case FleetEvent.Unshared unshared -> before(event, unshared.audience());
            case FleetEvent.Created created -> agents.audience(event.agent());
            case FleetEvent.Started started -> agents.audience(event.agent());
            case FleetEvent.Stopped stopped -> agents.audience(event.agent());
            case FleetEvent.Renamed renamed -> agents.audience(event.agent());
            case FleetEvent.Shared shared -> agents.audience(event.agent());
            case FleetEvent.Activity activity -> agents.audience(event.agent());
        };
    }

    private static Audience before(FleetEvent event, FleetEvent.Audience had) {
        return new Audience(event.agent(), had.owner(), had.emails(), Set.of());
    }

    @Override
    public void close() {
        listening.close();
        teller.interrupt();
    }
}
