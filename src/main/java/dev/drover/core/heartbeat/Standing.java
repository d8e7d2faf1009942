package dev.drover.core.heartbeat;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.IssueId;
import dev.drover.core.id.RunId;
import dev.drover.core.run.Footing;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands that is not over, with what it may wait for. All is judged by the database's clock.
 *
 * @param node who works it; null while it waits
 * @param isLiving whether that server lives
 * @param isFresh whether servers may not have looked for it yet
 * @param isHeld whether its agent, or the squad of it, rests
 * @param isElsewhere whether no server lives that has the agent's computer
 * @param working how many runs of the agent are worked, and the oldest of them
 * @param isFull whether all servers work as many runs as they may
 * @param restUntil before which no run of the agent begins; null when it need not rest
 * @param timeout of its program; null for none
 */
record Standing(
        RunId run,
        AgentId agent,
        String adapter,
        boolean isRunning,
        @Nullable UUID node,
        @Nullable Instant leaseUntil,
        boolean isLiving,
        boolean isFresh,
        boolean isHeld,
        boolean isElsewhere,
        int working,
        @Nullable RunId worked,
        int slots,
        boolean isFull,
        @Nullable Instant restUntil,
        @Nullable Duration timeout,
        @Nullable IssueId issue,
        @Nullable String wish,
        Instant since) {
    /** The rule: one that is worked has a living server; one that waits has something to wait for. */
    Footing footing() {
        if (isRunning) {
            return isLiving && node != null
                    ? Footing.held(agent, run, null)
                    : Footing.none(agent, run, "the server " + node + " that works it is gone, and nobody ended it");
        }
        Why.Waiter waiter = waitsFor();
        return waiter == null
                ? Footing.none(
                        agent,
                        run,
                        "it waits since " + since + ", nothing speaks against it, and no server" + " begins it")
                : Footing.waiting(agent, run, waiter);
    }

    private Why.@Nullable Waiter waitsFor() {
        if (isHeld) {
            return Why.Waiter.OPERATOR;
        }
        if (isElsewhere) {
            return Why.Waiter.NODE;
        }
        if (working >= slots) {
            return Why.Waiter.RUN;
        }
        if (restUntil != null) {
            return Why.Waiter.TIMER;
        }
        if (isFull) {
            return Why.Waiter.PLACE;
        }
        return isFresh ? Why.Waiter.TIMER : null;
    }

    Why why() {
        Why none = Why.idle(agent, since).ofRun(run, isRunning ? RunStatus.RUNNING : RunStatus.SPAWNING);
        return isRunning ? working(none) : waiting(none);
    }

    private Why working(Why none) {
        if (!isLiving || node == null || leaseUntil == null) {
            return none.waiting(
                    Why.Waiter.TIMER,
                    node == null ? null : node.toString(),
                    "nothing: the server that worked it is gone",
                    leaseUntil == null ? since : leaseUntil,
                    null,
                    "another server ends it as lost within seconds and makes up for it once; start one if none runs");
        }
        String task = issue == null ? "" : ", for issue " + issue;
        String end = wish == null ? "" : "; it is being ended: " + wish;
        return none.held(new Why.Holder(node, leaseUntil))
                .waiting(
                        null,
                        null,
                        "program " + adapter + task + end,
                        since,
                        timeout == null ? null : since.plus(timeout),
                        "wait, or cancel it: its owner or an operator, by POST /api/heartbeat-runs/" + run + "/cancel");
    }

    private Why waiting(Why none) {
        Why.Waiter waiter = waitsFor();
        if (waiter == null) {
            String doing = "nothing: no server begins it, though nothing speaks against it";
            return waiting(none, Why.Waiter.OPERATOR, doing, "an operator: see drover check, and restart the servers");
        }
        return switch (waiter) {
            case OPERATOR ->
                waiting(
                        none,
                        waiter,
                        "waiting, since the agent or its squad rests",
                        "its owner or an operator, by POST /api/agents/" + agent + "/resume");
            case NODE ->
                waiting(
                        none,
                        waiter,
                        "waiting for a server of the installation that has the agent's computer",
                        "an operator, who starts that server");
            case RUN -> behind(none);
            case PLACE ->
                waiting(
                        none,
                        waiter,
                        "waiting for a free place: all servers work as many runs as they may",
                        "it begins by itself; an operator can start a server or raise SLAW_MAX_PROCESSES");
            default -> {
                String doing =
                        restUntil == null ? "about to begin" : "resting between two runs, as the agent's cooldown says";
                yield none.waiting(Why.Waiter.TIMER, null, doing, since, restUntil, "it begins by itself");
            }
        };
    }

    private Why waiting(Why none, Why.Waiter waiter, String doing, String unblock) {
        return none.waiting(waiter, null, doing, since, null, unblock);
    }

    private Why behind(Why none) {
        return none.waiting(
                Why.Waiter.RUN,
                String.valueOf(worked),
                "waiting for run " + worked + " of the same agent, which works at most " + slots + " at once",
                since,
                null,
                "it begins by itself when that one is over; its owner or an operator can cancel that one: POST"
                        + " /api/heartbeat-runs/" + worked + "/cancel");
    }
}
