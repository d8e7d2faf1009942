package dev.drover.core.heartbeat;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Claims;
import dev.drover.core.audit.Activity;
import dev.drover.core.audit.ActivityLog;
import dev.drover.core.computer.Keeper;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.RunId;
import dev.drover.core.squad.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands out runs that wait (SLAW contract, 7.3.5), each to one server once. Locks: agent, then issue, then run. */
final class HeartbeatQueue {
    private static final Duration LOOP_WINDOW = Duration.ofHours(1);
    private static final int LOOP_RUNS = 10;
    private static final Duration LIFE_WITHOUT_TIMEOUT = Duration.ofHours(24);
    private static final Duration LIFE_AFTER_TIMEOUT = Duration.ofMinutes(10);

    private final HeartbeatRoom room;
    private final Wakes wakes;
    private final Endings endings;
    private final HeartbeatNews news;

    HeartbeatQueue(HeartbeatRoom room, Wakes wakes, Endings endings) {
        this.room = room;
        this.wakes = wakes;
        this.endings = endings;
        this.news = new HeartbeatNews(room);
    }

    /**
     * A run to work on.
     *
     * @param token good until the run is over
     * @param session in which it goes on
     */
    record Claimed(
            HeartbeatRun run,
            Member member,
            String token,
            @Nullable AdapterSession session,
            LiveHeartbeat live) {}

    /** What an attempt came to. */
    sealed interface Attempt {
        record Got(Claimed claimed) implements Attempt {}

        /** Nothing waits, or no place is free. */
        record Nothing() implements Attempt {}

        /** Something waits for its time. */
        record Later(Duration rest) implements Attempt {}
    }

    /** Those that wait with a run, the longest first. */
    List<AgentId> waiting(int limit) {
        return room.stores().queue().waiting(limit);
    }

    /** @param begun notes, inside the transaction, that this server works on the run, so that no end of it is missed */
    Attempt claim(AgentId agent, Function<Claimed, Boolean> begun) {
        return room.transactions().call(() -> {
            room.stores().queue().lock(agent);
            List<HeartbeatRun> live = room.stores().runs().live(agent);
            List<HeartbeatRun> waiting = live.stream()
                    .filter(run -> run.status() == HeartbeatStatus.QUEUED)
                    .toList();
            if (waiting.isEmpty()) {
                return new Attempt.Nothing();
            }
            Optional<Member> member = room.members().find(agent);
            String unfit = member.isEmpty() ? "agent_not_found" : wakes.unfit(member.get());
            if (member.isEmpty() || unfit != null) {
                waiting.forEach(run -> endings.cancelQueued(run, String.valueOf(unfit)));
                return new Attempt.Nothing();
            }
            return claim(member.get(), live.size() - waiting.size(), waiting, begun);
        });
    }

    private Attempt claim(Member member, int running, List<HeartbeatRun> waiting, Function<Claimed, Boolean> begun) {
        HeartbeatPolicy policy = HeartbeatPolicy.of(member.runtimeConfig());
        // Taken with the run: its agent's other runs are claimed where its computer is, or nowhere yet.
        if (running >= policy.slots() || !(room.computers().keeper(member.id()) instanceof Keeper.Here)) {
            return new Attempt.Nothing();
        }
        Duration rest = rest(member.id(), policy);
        if (rest.isPositive()) {
            return new Attempt.Later(rest);
        }
        HeartbeatRun next = waiting.getFirst();
        IssueId issue = next.issue();
        if (issue != null) {
            room.issues().lock(issue);
            if (circles(next, issue)) {
                pause(member, next, issue);
                waiting.forEach(run -> endings.cancelQueued(run, "loop_paused"));
                return new Attempt.Nothing();
            }
        }
        return begin(member, next, new LiveHeartbeat(next.id(), policy, room.clock()), begun);
    }

    private void pause(Member member, HeartbeatRun run, IssueId issue) {
        room.resting().pause(member.id());
        Map<String, @Nullable Object> why = new LinkedHashMap<>();
        why.put("issueId", issue.toString());
        why.put("reason", run.reason());
        why.put("runs", LOOP_RUNS);
        room.activities()
                .add(new ActivityLog.Note(
                        member.squad(),
                        Activity.Actor.SYSTEM,
                        "agent.loop_paused",
                        new Activity.Entity("agent", member.id().toString()),
                        member.id(),
                        run.id(),
                        room.documents().write(why)));
    }

    private Duration rest(AgentId agent, HeartbeatPolicy policy) {
        if (!policy.cooldown().isPositive()) {
            return Duration.ZERO;
        }
        Instant free = room.stores().queue().lastStart(agent).plus(policy.cooldown());
        return Duration.between(room.now(), free);
    }

    /** Whether the agent has been woken for the same again and again, and nothing came of it (section 7.8). */
    private boolean circles(HeartbeatRun run, IssueId issue) {
        Instant hour = room.now().minus(LOOP_WINDOW);
        Instant changed = room.issues().statusChangedAt(issue).orElse(Instant.EPOCH);
        Instant since = changed.isAfter(hour) ? changed : hour;
        return room.stores().runs().repeats(run.agent(), issue, run.reason(), since) >= LOOP_RUNS;
    }

    private Attempt begin(Member member, HeartbeatRun next, LiveHeartbeat live, Function<Claimed, Boolean> begun) {
        Instant now = room.now();
        AdapterSession session = session(member, next);
        if (!room.stores().queue().claim(next.id(), session == null ? null : session.shown(), now)) {
            return new Attempt.Nothing();
        }
        HeartbeatRun run = briefed(room.stores().runs().find(next.id()).orElseThrow());
        HeartbeatEvent event =
                room.stores().events().add(run.id(), HeartbeatEvent.LIFECYCLE, "info", "run started", null, now);
        if (run.wakeup() != null) {
            room.stores().wakeups().status(run.wakeup(), WakeStatus.CLAIMED, null, now);
        }
        if (run.issue() != null && run.holdsIssue()) {
            room.working(run.issue(), run);
        }
        if (room.members().work(member.id(), Member.Work.RUNNING, null)) {
            news.agent(member.squad(), member.id(), Member.Work.RUNNING.word());
        }
        news.status(run, HeartbeatStatus.RUNNING, HeartbeatRun.End.NONE);
        news.event(run, event);
        Claimed claimed = new Claimed(run, member, pass(member, run.id(), now), session, live);
        return begun.apply(claimed) ? new Attempt.Got(claimed) : undone();
    }

    /** What it is told of its issue is read when it begins: then it is told what was said while it waited, too. */
    private HeartbeatRun briefed(HeartbeatRun run) {
        IssueId issue = run.issue();
        if (issue == null) {
            return run;
        }
        Map<String, @Nullable Object> context = new LinkedHashMap<>(wakes.context(run));
        room.issues()
                .tell(run.agent(), issue, WakeOrder.comment(context))
                .ifPresent(told -> context.put("wakePayload", told));
        room.stores().queue().context(run.id(), room.documents().write(context), room.now());
        return room.stores().runs().find(run.id()).orElseThrow();
    }

    /** The server is closing: the run waits for another. */
    private static Attempt undone() {
        throw new Refused(new Problem.Unavailable("the server is stopping", null));
    }

    /** What was stored of its task, unless it is to begin anew (section 7.7). */
    private @Nullable AdapterSession session(Member member, HeartbeatRun run) {
        boolean fresh = "issue_assigned".equals(run.reason())
                || Boolean.TRUE.equals(wakes.context(run).get(WakeOrder.FRESH));
        return fresh
                ? null
                : room.stores()
                        .sessions()
                        .find(member.id(), member.adapter(), run.scope())
                        .orElse(null);
    }

    private String pass(Member member, RunId run, Instant now) {
        String owner = room.stores().queue().nameOf(member.owner());
        return room.access()
                .pass(new Claims.OfRun(
                        owner, member.id(), member.squad(), member.adapter(), run, now, now.plus(life(member))));
    }

    /** The run's timeout, its grace and ten minutes; a day without a timeout. */
    private static Duration life(Member member) {
        Duration timeout = seconds(member, "timeoutSec");
        if (member.adapterConfig().get("timeoutMs") instanceof Number millis) {
            timeout = Duration.ofMillis(millis.longValue());
        }
        return timeout.isPositive()
                ? timeout.plus(seconds(member, "graceSec")).plus(LIFE_AFTER_TIMEOUT)
                : LIFE_WITHOUT_TIMEOUT;
    }

    private static Duration seconds(Member member, String name) {
        return member.adapterConfig().get(name) instanceof Number number
                ? Duration.ofSeconds(Math.max(0, number.longValue()))
                : Duration.ZERO;
    }
}
