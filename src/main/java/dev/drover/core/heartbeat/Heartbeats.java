package dev.drover.core.heartbeat;

import dev.drover.core.Notices;
import dev.drover.core.Page;
import dev.drover.core.Problem;
import dev.drover.core.Recurring;
import dev.drover.core.Refused;
import dev.drover.core.audit.Activity;
import dev.drover.core.audit.ActivityLog;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.RunId;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.SquadId;
import dev.drover.core.issue.Issue;
import dev.drover.core.squad.Actor;
import dev.drover.core.squad.Approach;
import dev.drover.core.squad.Member;
import dev.drover.core.squad.Wake;
import dev.drover.core.squad.Workforce;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Wakes agents, shows their runs and ends them (SLAW contract, section 5.4). */
public final class Heartbeats implements Workforce, AutoCloseable {
    private static final int FORGOTTEN_AT_ONCE = 500;

    private final HeartbeatRoom room;
    private final Wakes wakes;
    private final Endings endings;
    private final HeartbeatWorker worker;

    public Heartbeats(HeartbeatRoom room) {
        this.room = room;
        this.wakes = new Wakes(room);
        this.endings = new Endings(room, wakes);
        this.worker = new HeartbeatWorker(room, new HeartbeatQueue(room, wakes, endings), endings);
    }

    /**
     * Before anything is started.
     *
     * @param tick how often the clock is looked at; null for never
     */
    public void listen(Recurring recurring, @Nullable Duration tick) {
        room.notices().hear(HeartbeatNews.CHANNEL, new Ear());
        recurring.every("lost-heartbeats", Duration.ofSeconds(1), this::recover);
        recurring.every("waiting-heartbeats", Duration.ofSeconds(10), this::lookAgain);
        if (tick != null) {
            recurring.every("heartbeat-timers", tick, this::tick);
        }
    }

    /** Takes up what is left and what comes; when servers that are gone can be told from others. */
    public void start() {
        recover();
        worker.start();
    }

    /** Begins nothing any more; what is at work goes on. */
    public void rest() {
        worker.rest();
    }

    /** Ends all that runs here; runs that end so are made up for. */
    @Override
    public void close() {
        worker.close();
    }

    void recover() {
        new Recovery(room, endings).sweep();
    }

    void tick() {
        new Timers(room, wakes).tick();
    }

    /** What words lost on the way would have said. */
    void lookAgain() {
        endings.promoteAll();
        room.members().settle();
        room.notices().say(HeartbeatNews.CHANNEL, HeartbeatNews.WORK);
    }

    /** How many runs are worked here. */
    public int count() {
        return worker.count();
    }

    @Override
    public void wake(Wake wake) {
        room.transactions().run(() -> wakes.wake(WakeOrder.of(wake)));
    }

    @Override
    public void cancel(AgentId agent, String why) {
        room.transactions().run(() -> {
            room.stores().runs().live(agent).forEach(run -> end(run, new HeartbeatRun.Wish("cancelled", why)));
            room.stores().wakeups().cancelDeferred(agent, why, room.now());
        });
    }

    @Override
    public boolean owns(AgentId agent, RunId run) {
        return room.stores()
                .runs()
                .find(run)
                .filter(found -> found.agent().equals(agent))
                .isPresent();
    }

    @Override
    public void interrupt(RunId run, String why) {
        cancel(run, "cancelled", why);
    }

    /** Joins the caller's transaction. One that waits is over at once, one that works when its process is gone. */
    public void cancel(RunId run, String code, String why) {
        room.transactions()
                .run(() -> room.stores()
                        .runs()
                        .find(run)
                        .ifPresent(found -> end(found, new HeartbeatRun.Wish(code, why))));
    }

    private void end(HeartbeatRun run, HeartbeatRun.Wish wish) {
        if (!run.status().isFinal()
                && !endings.cancelQueued(run, wish.reason())
                && room.stores().queue().wish(run.id(), wish, room.now())) {
            room.notices().say(HeartbeatNews.CHANNEL, HeartbeatNews.END + run.id());
        }
    }

    /** Asked for in person: refused while the agent may not work. */
    public WakeResult invoke(Approach approach, WakeOrder order) {
        Member member =
                approach.forOperatorOrSelf("Agent can only invoke itself").member();
        WakeOrder whole = aboutIssue(member, order);
        return room.transactions().call(() -> {
            WakeResult result = wakes.demand(member, whole);
            note(approach.actor(), "heartbeat.invoked", result);
            return result;
        });
    }

    /** An issue of its own squad that the payload names is what the run is about. */
    private WakeOrder aboutIssue(Member member, WakeOrder order) {
        IssueId issue = order.namedIssue();
        if (issue == null || member.squad() == null) {
            return order;
        }
        return room.issues()
                .find(issue)
                .filter(found -> found.squad().equals(member.squad()))
                .map(found -> order.about(issue))
                .orElse(order);
    }

    private void note(Actor actor, String action, WakeResult result) {
        if (result instanceof WakeResult.Queued(HeartbeatRun run)) {
            tell(actor, action, run);
        }
    }

    private void tell(Actor actor, String action, HeartbeatRun run) {
        room.activities()
                .add(new ActivityLog.Note(
                        run.squad(),
                        actor.named(),
                        action,
                        new Activity.Entity("heartbeat_run", run.id().toString()),
                        run.agent(),
                        actor.caller().run(),
                        room.documents().write(Map.of("agentId", run.agent().toString()))));
    }

    /** Whoever may see the agent may see its runs, even when it is gone. */
    public HeartbeatRun get(Actor actor, RunId id) {
        HeartbeatRun run = room.stores()
                .runs()
                .find(id)
                .orElseThrow(() -> new Refused(new Problem.NotFound(Problem.Thing.RUN, id.toString())));
        boolean owned = run.squad() == null
                && actor.self() == null
                && room.members()
                        .find(run.agent())
                        .filter(member ->
                                member.owner().equals(actor.caller().user().id()))
                        .isPresent();
        if (!owned && !actor.is(run.agent())) {
            actor.needWithin(run.squad());
        }
        return run;
    }

    /** By an operator; one that is over stays as it is. */
    public HeartbeatRun cancel(Actor actor, RunId id) {
        HeartbeatRun run = get(actor, id);
        if (run.squad() != null || actor.self() != null) {
            actor.needOperator();
        }
        return room.transactions().call(() -> {
            if (!run.status().isFinal()) {
                end(
                        run,
                        new HeartbeatRun.Wish(
                                "cancelled", "Cancelled by " + actor.named().id()));
                tell(actor, "heartbeat.cancelled", run);
            }
            return room.stores().runs().find(id).orElse(run);
        });
    }

    /** Newest first, of a squad that the caller may see. */
    public Page<HeartbeatRun> list(SquadId squad, @Nullable AgentId agent, @Nullable UUID before, int limit) {
        List<HeartbeatRun> found = room.stores().runs().list(squad, agent, before, limit + 1);
        List<HeartbeatRun> page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(page, found.size() > limit ? page.getLast().id().toString() : null);
    }

    /** What waits or works. */
    public List<HeartbeatRun> live(SquadId squad) {
        return room.stores().runs().live(squad);
    }

    /** Newest first. */
    public List<HeartbeatRun> ofIssue(IssueId issue, int limit) {
        return room.stores().runs().list(issue, limit);
    }

    /** What it is for, and what came with it. */
    public List<Issue> issues(HeartbeatRun run) {
        Set<IssueId> named = new LinkedHashSet<>();
        if (run.issue() != null) {
            named.add(run.issue());
        }
        if (wakes.context(run).get("issueIds") instanceof List<?> linked) {
            linked.stream()
                    .map(String::valueOf)
                    .filter(Spelling::isUuid)
                    .map(id -> new IssueId(UUID.fromString(id)))
                    .forEach(named::add);
        }
        return room.issues().of(named).stream()
                .filter(issue -> issue.squad().equals(run.squad()))
                .toList();
    }

    public List<HeartbeatEvent> events(HeartbeatRun run, int after, int limit) {
        return room.stores().events().behind(run.id(), after, limit);
    }

    /** An empty one is made on demand. */
    public RuntimeState state(Approach approach) {
        return room.stores().states().of(approach.forOperator().member().id(), room.now());
    }

    /** What an agent begins anew with. */
    public record Reset(RuntimeState state, int sessions) {}

    /**
     * Lets an agent begin anew: its sessions go, and lost runs so far count no more.
     *
     * @param task whose session alone is dropped; null for all, and what is stored of the agent's state
     */
    public Reset reset(Approach approach, @Nullable String task) {
        Member member = approach.forOperator().member();
        return room.transactions().call(() -> {
            Instant now = room.now();
            room.stores().states().of(member.id(), now);
            int dropped = room.stores().sessions().drop(member.id(), task);
            room.stores().states().reset(member.id(), task == null, now);
            room.activities()
                    .add(new ActivityLog.Note(
                            member.squad(),
                            approach.actor().named(),
                            "agent.runtime_session_reset",
                            new Activity.Entity("agent", member.id().toString()),
                            member.id(),
                            approach.actor().caller().run(),
                            room.documents().write(Map.of("clearedTaskSessions", dropped))));
            return new Reset(room.stores().states().of(member.id(), now), dropped);
        });
    }

    /** In the transaction in which an agent is deleted: its runs stay. */
    public void forget(AgentId agent) {
        cancel(agent, "agent deleted");
        endings.forget(agent);
    }

    /** Empties runs that ended longer ago, and forgets what they printed; the slim rows stay. */
    public void prune(Duration age) {
        Instant before = room.now().minus(age);
        Set<RunId> forgotten;
        do {
            forgotten = room.transactions().call(() -> {
                Set<RunId> old = room.stores().queue().forget(before, FORGOTTEN_AT_ONCE);
                room.journals().forget(old);
                return old;
            });
        } while (forgotten.size() == FORGOTTEN_AT_ONCE);
        room.stores().wakeups().prune(before);
    }

    /** Hears the words of this server and of others. */
    private final class Ear implements Notices.Hearer {
        @Override
        public void heard(String word) {
            if (word.equals(HeartbeatNews.WORK)) {
                worker.offerAll();
            } else if (word.startsWith(HeartbeatNews.WORK)) {
                worker.offer(new AgentId(id(word, HeartbeatNews.WORK)));
            } else if (word.startsWith(HeartbeatNews.END)) {
                worker.end(new RunId(id(word, HeartbeatNews.END)));
            } else if (word.startsWith(HeartbeatNews.FREE)) {
                IssueId issue = new IssueId(id(word, HeartbeatNews.FREE));
                Thread.ofVirtual().name("heartbeat-promote").start(() -> endings.promote(issue));
            }
        }

        private static UUID id(String word, String kind) {
            return UUID.fromString(word.substring(kind.length()));
        }

        @Override
        public void mayHaveMissed() {
            worker.offerAll();
        }
    }
}
