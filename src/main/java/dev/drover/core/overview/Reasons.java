package dev.drover.core.overview;

import dev.drover.core.access.Caller;
import dev.drover.core.agent.Hold;
import dev.drover.core.agent.Origin;
import dev.drover.core.heartbeat.HeartbeatWhys;
import dev.drover.core.id.AgentId;
import dev.drover.core.run.RunStatus;
import dev.drover.core.run.SeenRuns;
import dev.drover.core.run.Why;
import dev.drover.core.run.Whys;
import dev.drover.core.usage.BudgetStanding;
import dev.drover.core.usage.Budgets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of agents of every dialect why they do not move: who has them, what they wait for, who can change that. */
public final class Reasons {
    /** What is due longer than that is not merely about to begin. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final SeenRuns seen;
    private final Whys runs;
    private final HeartbeatWhys heartbeats;
    private final Budgets budgets;
    private final ReasonStore store;
    private final Duration computerWait;

    /** @param computerWait how long a run waits for a server that has its agent's computer */
    public Reasons(
            SeenRuns seen,
            Whys runs,
            HeartbeatWhys heartbeats,
            Budgets budgets,
            ReasonStore store,
            Duration computerWait) {
        this.seen = seen;
        this.runs = runs;
        this.heartbeats = heartbeats;
        this.budgets = budgets;
        this.store = store;
        this.computerWait = computerWait;
    }

    /**
     * Why an agent stands where it stands.
     *
     * @param spelled its identity in either spelling, or its slug
     */
    public Why why(Caller caller, String spelled) {
        AgentId agent = seen.agent(caller, spelled).agent().id();
        Optional<Why> run = runs.of(agent);
        Optional<Why> live = run.filter(why -> !why.status().isTerminal());
        ReasonStore.Facts facts = store.facts(agent);
        if (live.isPresent()) {
            return placing(spending(live.get()), facts);
        }
        Optional<Why> beat = heartbeats.live(agent);
        if (beat.isPresent() && beat.get().waitingFor() != Why.Waiter.OPERATOR) {
            return beat.get();
        }
        Why last = Stream.concat(run.stream(), heartbeats.over(agent).stream())
                .reduce((one, other) -> one.since().isAfter(other.since()) ? one : other)
                .orElse(Why.idle(agent, facts.bornAt()));
        return held(beat.orElse(last), facts).or(() -> beat).orElseGet(() -> resting(last, facts));
    }

    /** A call that a spent budget refused is tried again, and fails again until there is more. */
    private Why spending(Why why) {
        if (why.waitingFor() != Why.Waiter.TIMER || why.holder() == null) {
            return why;
        }
        return spent(why.agent())
                .map(budget -> why.waiting(
                        Why.Waiter.BUDGET,
                        budget.scope().toString(),
                        why.doing(),
                        why.since(),
                        why.until(),
                        raising(budget)))
                .orElse(why);
    }

    /** A run that has not begun and whose turn it is waits for nothing but its computer. */
    private Why placing(Why why, ReasonStore.Facts facts) {
        boolean begins = why.status() == RunStatus.SPAWNING && why.holder() != null && why.waitingFor() == null;
        return begins && facts.isElsewhere()
                ? why.waiting(
                        Why.Waiter.NODE,
                        null,
                        "waiting for a server of the installation that has the agent's computer",
                        why.since(),
                        why.since().plus(computerWait),
                        "an operator, who starts that server; until then it waits (DROVER_COMPUTER_WAIT_SECONDS), and"
                                + " begins without its computer after that")
                : why;
    }

    private Optional<BudgetStanding> spent(AgentId agent) {
        return budgets.of(agent).stream().filter(BudgetStanding::isExhausted).findFirst();
    }

    private static String raising(BudgetStanding budget) {
        String level = budget.level().word();
        return "an operator raises the budget of the %s (%s are spent): PATCH /api/%ss/%s; or wait for the first of the"
                        .formatted(level, budget.shown(), level, budget.scope())
                + " month";
    }

    /** Why no run of the agent starts; empty when one may. */
    private Optional<Why> held(Why why, ReasonStore.Facts facts) {
        ReasonStore.Question question = facts.question();
        Why.@Nullable Waiter none = null;
        if (facts.hold() == Hold.TERMINATED) {
            return Optional.of(why.waiting(none, null, "nothing: it was terminated", why.since(), null, "nobody"));
        }
        if (facts.hold() == Hold.PENDING && question != null) {
            return Optional.of(asked(why, question, "waiting to be hired"));
        }
        if (facts.hold() == Hold.NONE && !facts.isHalted()) {
            return Optional.empty();
        }
        Optional<BudgetStanding> budget = spent(why.agent());
        ReasonStore.Team squad = facts.squad();
        boolean byItself = facts.hold() != Hold.NONE;
        ReasonStore.Pause pause = byItself || squad == null ? facts.pause() : squad.pause();
        Instant since = pause == null || pause.since() == null ? why.since() : pause.since();
        if (budget.isPresent()) {
            String doing = "nothing: paused, since the budget of the "
                    + budget.get().level().word() + " is spent: " + budget.get().shown();
            return Optional.of(why.waiting(
                    Why.Waiter.BUDGET,
                    budget.get().scope().toString(),
                    doing,
                    since,
                    nextMonth(facts.now()),
                    raising(budget.get())));
        }
        String reason = pause == null || pause.reason() == null ? "manual" : pause.reason();
        return Optional.of(
                byItself || squad == null
                        ? why.waiting(
                                Why.Waiter.OPERATOR,
                                null,
                                "nothing: the agent is paused" + because(reason),
                                since,
                                null,
                                "its owner or an operator lets it go on: POST /api/agents/" + why.agent() + "/resume")
                        : why.waiting(
                                Why.Waiter.OPERATOR,
                                squad.id().toString(),
                                "nothing: its squad '" + squad.name() + "' is paused" + because(reason),
                                since,
                                null,
                                "an operator lets the squad go on: PATCH /api/squads/" + squad.id()
                                        + " {\"status\":\"active\"}"));
    }

    private static String because(String reason) {
        return switch (reason) {
            case "budget" -> ", since its budget was spent";
            case "system" -> ", since it ran in circles";
            default -> " by a person";
        };
    }

    private static Instant nextMonth(Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        return today.withDayOfMonth(1).plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Why asked(Why why, ReasonStore.Question question, String doing) {
        String one = "/api/approvals/" + question.id();
        return why.waiting(
                Why.Waiter.APPROVAL,
                question.id().toString(),
                doing + ": the question '" + question.type().replace('_', ' ') + "' is open",
                question.since(),
                null,
                "an operator, in the console or by POST %s/approve or %s/reject".formatted(one, one));
    }

    /** Of an agent that may run, and does not. */
    private static Why resting(Why last, ReasonStore.Facts facts) {
        ReasonStore.Question question = facts.question();
        ReasonStore.Due due = facts.due();
        Instant off = facts.offSince();
        if (facts.origin() == Origin.JETTSON) {
            return last;
        }
        if (question != null) {
            return asked(last, question, "nothing: " + last.doing() + "; it asked something");
        }
        if (off != null) {
            return last.waiting(
                    Why.Waiter.OPERATOR,
                    null,
                    "nothing: its computer is turned off",
                    off,
                    null,
                    "whoever may use it starts it: POST /api/agents/" + facts.slug() + "/start");
        }
        ReasonStore.Task task = facts.task();
        if (task != null) {
            return blocked(last, task, due);
        }
        return due == null ? last : timed(last, facts, due);
    }

    /** All that the agent is to work on waits for something else. */
    private static Why blocked(Why last, ReasonStore.Task task, ReasonStore.@Nullable Due due) {
        UUID blocker = task.blocker();
        String doing = blocker == null
                ? "nothing: its issue " + task.name() + " is marked as blocked"
                : "nothing: its issue %s waits for issue %s".formatted(task.name(), task.blockerName());
        UUID on = blocker == null ? task.id() : blocker;
        String by = blocker == null
                ? "an operator or an agent of the squad, who comments on it or changes its status"
                : "who works on that one: when it is done, the agent is woken by itself; or an operator, who closes it";
        return last.waiting(
                Why.Waiter.ISSUE,
                on.toString(),
                doing,
                task.since(),
                due == null ? null : due.at(),
                by + ": PATCH /api/issues/" + on);
    }

    private static Why timed(Why last, ReasonStore.Facts facts, ReasonStore.Due due) {
        String id = due.schedule() == null ? null : due.schedule().toString();
        if (facts.isElsewhere() && due.at().plus(LATE).isBefore(facts.now())) {
            return last.waiting(
                    Why.Waiter.NODE,
                    id,
                    due.name() + " was due, and no server of the installation that has its computer took it",
                    due.at(),
                    null,
                    "an operator, who starts that server");
        }
        return last.waiting(
                Why.Waiter.TIMER,
                id,
                "nothing until " + due.name() + " is due; before: " + last.doing(),
                last.since(),
                due.at(),
                "it begins by itself; anybody who may run it can do so at once");
    }
}
