package dev.drover.core.heartbeat;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.Hold;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.RunId;
import dev.drover.core.squad.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides what comes of wakes (SLAW contract, section 7.3): every one is recorded, and those of one task come together
 * in one run. All of it joins the caller's transaction. Locks are taken in one order: issue, then runs.
 */
final class Wakes {
    private static final Duration KEYS_KEPT = Duration.ofHours(24);
    private static final int LONGEST_QUEUE = 1000;

    private final HeartbeatRoom room;
    private final WakeupStore wakeups;
    private final HeartbeatQueueStore queue;
    private final HeartbeatNews news;

    Wakes(HeartbeatRoom room) {
        this.room = room;
        this.wakeups = room.stores().wakeups();
        this.queue = room.stores().queue();
        this.news = new HeartbeatNews(room);
    }

    /** Whatever stands against it is recorded. */
    WakeResult wake(WakeOrder order) {
        Optional<Member> member = room.members().find(order.agent());
        if (member.isEmpty()) {
            return skipped(null, order, "agent_not_found");
        }
        lockIssue(order);
        return decided(member.get(), order);
    }

    /** For whoever asks in person: refused while the agent may not work at all. */
    WakeResult demand(Member member, WakeOrder order) {
        lockIssue(order);
        Optional<HeartbeatRun> before = before(order);
        if (before.isPresent()) {
            return new WakeResult.Queued(before.get());
        }
        refuse(member);
        return decided(member, order);
    }

    private void lockIssue(WakeOrder order) {
        IssueId issue = order.issue();
        if (issue != null) {
            room.issues().lock(issue);
        }
    }

    private void refuse(Member member) {
        room.spending().blocked(member.id()).ifPresent(spent -> {
            throw new Refused(spent);
        });
        if (member.hold() != Hold.NONE) {
            throw impossible("Agent is " + member.status().replace('_', ' '), member.status());
        }
        if (member.halted()) {
            throw impossible("The squad of the agent is paused", "squad_paused");
        }
    }

    private static Refused impossible(String sentence, String status) {
        return new Refused(new Problem.Impossible(Problem.Why.INVALID_STATE, sentence, Map.of("status", status)));
    }

    private WakeResult decided(Member member, WakeOrder order) {
        Optional<HeartbeatRun> before = before(order);
        if (before.isPresent()) {
            return new WakeResult.Queued(before.get());
        }
        String against = against(member, order);
        return against == null ? queued(member, order) : skipped(member, order, against);
    }

    private Optional<HeartbeatRun> before(WakeOrder order) {
        String key = order.idempotencyKey();
        return key == null
                ? Optional.empty()
                : wakeups.before(order.agent(), key, room.now().minus(KEYS_KEPT))
                        .flatMap(room.stores().runs()::find);
    }

    /** In the contract's order: budget, state, policy; null when nothing does. */
    private @Nullable String against(Member member, WakeOrder order) {
        String unfit = unfit(member);
        if (unfit != null) {
            return unfit;
        }
        HeartbeatPolicy policy = HeartbeatPolicy.of(member.runtimeConfig());
        if (order.isTimer() && !policy.hasTimer()) {
            return "heartbeat.disabled";
        }
        if (!order.isTimer() && !policy.wakeOnDemand() && order.retryOf() == null) {
            return "heartbeat.wakeOnDemand.disabled";
        }
        if (order.isTimer() && policy.skipsEmptyInbox() && !room.issues().hasWork(member.id())) {
            return "inbox_empty";
        }
        return queue.isOff(member.id()) ? "computer_stopped" : null;
    }

    /** Why nothing of the agent may begin, whatever woke it; null when it may. */
    @Nullable String unfit(Member member) {
        if (room.spending().blocked(member.id()).isPresent()) {
            return "budget_blocked";
        }
        if (member.hold() != Hold.NONE) {
            return "agent_" + member.status();
        }
        return member.halted() ? "squad_paused" : null;
    }

    private WakeResult skipped(@Nullable Member member, WakeOrder order, String why) {
        record(member, order, WakeStatus.SKIPPED, why, null);
        return new WakeResult.Skipped(why);
    }

    private WakeResult queued(Member member, WakeOrder order) {
        IssueId issue = order.issue();
        if (issue != null && order.holdsIssue()) {
            Optional<HeartbeatRun> holder = room.stores().runs().holder(issue);
            if (holder.isPresent() && !holder.get().agent().equals(member.id())) {
                return deferred(member, order, issue);
            }
        }
        List<HeartbeatRun> live = room.stores().runs().lock(member.id(), order.scope());
        Optional<HeartbeatRun> waiting = of(live, HeartbeatStatus.QUEUED);
        if (waiting.isPresent()) {
            return coalesced(member, order, waiting.get());
        }
        Optional<HeartbeatRun> working = of(live, HeartbeatStatus.RUNNING);
        // What runs has read its comments already: a new one is worth one run more.
        if (working.isPresent() && !order.hasComment()) {
            return coalesced(member, order, working.get());
        }
        if (room.stores().runs().live(member.id()).size() >= LONGEST_QUEUE) {
            return skipped(member, order, "queue_full");
        }
        return begun(member, order);
    }

    private static Optional<HeartbeatRun> of(List<HeartbeatRun> runs, HeartbeatStatus status) {
        return runs.stream().filter(run -> run.status() == status).findFirst();
    }

    private WakeResult deferred(Member member, WakeOrder order, IssueId issue) {
        Optional<WakeupStore.Deferred> before = wakeups.deferred(member.id(), issue);
        if (before.isEmpty()) {
            record(member, order, WakeStatus.DEFERRED_ISSUE_EXECUTION, "issue_execution", null);
        } else {
            Map<String, @Nullable Object> earlier =
                    room.documents().read(before.get().context());
            wakeups.context(
                    before.get().id(), room.documents().write(WakeOrder.merged(earlier, order.told())), room.now());
            record(member, order, WakeStatus.COALESCED, "issue_execution", null);
        }
        return new WakeResult.Skipped("deferred_issue_execution");
    }

    private WakeResult coalesced(Member member, WakeOrder order, HeartbeatRun into) {
        record(member, order, WakeStatus.COALESCED, null, into.id());
        queue.context(into.id(), room.documents().write(WakeOrder.merged(context(into), order.told())), room.now());
        return new WakeResult.Queued(room.stores().runs().find(into.id()).orElseThrow());
    }

    /** What a run was told. */
    Map<String, @Nullable Object> context(HeartbeatRun run) {
        HeartbeatRun.Big big = run.big();
        return big == null || big.context() == null
                ? Map.of()
                : room.documents().read(big.context());
    }

    private WakeResult begun(Member member, WakeOrder order) {
        UUID wakeup = room.ids().next();
        HeartbeatRun run = run(member, order, wakeup);
        if (!queue.insert(run, room.documents().write(order.told()))) {
            // Somebody queued one for the same task at the same moment, and that transaction was kept first.
            return queued(member, order);
        }
        wakeups.insert(row(wakeup, member, order, WakeStatus.QUEUED, null, run.id()), room.now());
        announce(run);
        return new WakeResult.Queued(room.stores().runs().find(run.id()).orElse(run));
    }

    private void announce(HeartbeatRun run) {
        if (run.issue() != null && run.holdsIssue()) {
            room.working(run.issue(), run);
        }
        news.queued(run);
        room.notices().say(HeartbeatNews.CHANNEL, HeartbeatNews.WORK + run.agent());
    }

    private HeartbeatRun run(Member member, WakeOrder order, UUID wakeup) {
        return HeartbeatRun.queued(
                new RunId(room.ids().next()),
                member,
                new HeartbeatRun.Cause(
                        order.wake().source(),
                        order.detail(),
                        order.reason(),
                        order.issue(),
                        order.holdsIssue(),
                        order.scope(),
                        wakeup),
                order.retryOf(),
                room.now());
    }

    /** The oldest wake that waited for the issue has its turn, unless somebody works for it again. */
    void promote(IssueId issue) {
        room.issues().lock(issue);
        while (room.stores().runs().holder(issue).isEmpty()) {
            Optional<WakeupStore.Deferred> next = wakeups.oldest(issue);
            if (next.isEmpty()) {
                return;
            }
            promote(next.get());
        }
    }

    private void promote(WakeupStore.Deferred deferred) {
        Optional<Member> member = room.members().find(deferred.agent());
        String against = member.isEmpty() ? "agent_not_found" : unfit(member.get());
        if (member.isEmpty() || against != null) {
            wakeups.status(deferred.id(), WakeStatus.SKIPPED, against, room.now());
            return;
        }
        HeartbeatRun run = HeartbeatRun.queued(
                new RunId(room.ids().next()),
                member.get(),
                new HeartbeatRun.Cause(
                        deferred.source(),
                        deferred.detail(),
                        deferred.reason(),
                        deferred.issue(),
                        true,
                        deferred.scope(),
                        deferred.id()),
                null,
                room.now());
        if (queue.insert(run, deferred.context())) {
            wakeups.queued(deferred.id(), run.id(), room.now());
            announce(run);
        } else {
            wakeups.status(deferred.id(), WakeStatus.COALESCED, null, room.now());
        }
    }

    private void record(
            @Nullable Member member,
            WakeOrder order,
            WakeStatus status,
            @Nullable String outcome,
            @Nullable RunId run) {
        wakeups.insert(row(room.ids().next(), member, order, status, outcome, run), room.now());
    }

    private WakeupStore.Row row(
            UUID id,
            @Nullable Member member,
            WakeOrder order,
            WakeStatus status,
            @Nullable String outcome,
            @Nullable RunId run) {
        return new WakeupStore.Row(
                id,
                order,
                member == null ? null : member.squad(),
                status,
                outcome,
                room.documents().write(order.told()),
                run);
    }
}
