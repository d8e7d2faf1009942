package dev.drover.api.console;

import dev.drover.core.id.Spelling;
import dev.drover.core.overview.AgentState;
import dev.drover.core.overview.Concern;
import dev.drover.core.overview.Figures;
import dev.drover.core.overview.Overview;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole server at a glance.
 *
 * @param days the last ones, today at the end
 * @param spendEstimated whether a part of the money is reckoned from tokens and prices
 */
record ConsoleOverview(
        Agents agents,
        Runs runs,
        Day today,
        double monthSpendUsd,
        boolean spendEstimated,
        List<Day> days,
        Approvals approvals,
        Attention attention) {
    static ConsoleOverview of(Overview overview) {
        Figures figures = overview.figures();
        return new ConsoleOverview(
                Agents.of(overview.states()),
                new Runs(
                        overview.runs().total(),
                        overview.runs().items().stream().map(Run::of).toList()),
                Day.of(figures.today()),
                figures.monthDollars(),
                figures.estimated(),
                figures.days().stream().map(Day::of).toList(),
                new Approvals(
                        overview.approvals().total(),
                        overview.approvals().items().stream().map(Approval::of).toList()),
                new Attention(
                        overview.attention().total(),
                        overview.attention().items().stream().map(Item::of).toList()));
    }

    /** How many agents there are, by their states; a state without agents is told too. */
    record Agents(int total, Map<String, Integer> states, List<OfDialect> dialects) {
        static Agents of(List<Overview.Count> counts) {
            List<OfDialect> dialects = counts.stream()
                    .map(Overview.Count::origin)
                    .distinct()
                    .map(origin -> {
                        List<Overview.Count> own = counts.stream()
                                .filter(count -> count.origin() == origin)
                                .toList();
                        return new OfDialect(origin.word(), sum(own), states(own));
                    })
                    .toList();
            return new Agents(sum(counts), states(counts), dialects);
        }

        private static Map<String, Integer> states(List<Overview.Count> counts) {
            Map<String, Integer> states = new LinkedHashMap<>();
            Stream.of(AgentState.values()).forEach(state -> states.put(state.word(), 0));
            counts.forEach(count -> states.merge(count.state().word(), count.agents(), Integer::sum));
            return states;
        }

        private static int sum(List<Overview.Count> counts) {
            return counts.stream().mapToInt(Overview.Count::agents).sum();
        }
    }

    /** The agents that were born in one dialect. */
    record OfDialect(String dialect, int total, Map<String, Integer> states) {}

    /** What works or waits, newest first; the newest of all are told. */
    record Runs(int total, List<Run> items) {}

    /**
     * A run that works or waits.
     *
     * @param kind run or heartbeat
     * @param status running or waiting
     * @param doing its step in a few words
     * @param doingSince when that step began
     */
    record Run(
            String runId,
            String kind,
            ConsoleAgent.Named agent,
            @Nullable String squadId,
            String task,
            String status,
            Instant since,
            String doing,
            Instant doingSince,
            long tokens) {
        static Run of(Overview.InFlight run) {
            return new Run(
                    run.run().toString(),
                    ConsoleAgent.kind(run.heartbeat()),
                    ConsoleAgent.Named.of(run.agent(), run.name(), run.slug(), run.origin()),
                    run.squad() == null ? null : run.squad().toString(),
                    run.task(),
                    run.running() ? "running" : "waiting",
                    run.since(),
                    run.doing(),
                    run.at(),
                    run.tokens());
        }
    }

    /** What was used on a day (UTC): of runs that began on it, and hours of work that were done on it. */
    record Day(String day, int runs, int failed, long tokens, double hours, double spendUsd) {
        static Day of(Figures.Day day) {
            return new Day(day.day().toString(), day.runs(), day.failed(), day.tokens(), day.hours(), day.dollars());
        }
    }

    /** What operators are asked, oldest first; the first are told. */
    record Approvals(int total, List<Approval> items) {}

    /** A question that waits for an operator. */
    record Approval(
            String approvalId,
            String squadId,
            String squad,
            String type,
            @Nullable String about,
            Instant since) {
        static Approval of(Overview.Question question) {
            return new Approval(
                    question.id().toString(),
                    question.squad().toString(),
                    question.squadName(),
                    question.type(),
                    question.about(),
                    question.since());
        }
    }

    /** What needs a person, the most urgent first; the first are told. */
    record Attention(int total, List<Item> items) {}

    /**
     * Something that needs a person, and the ids of what it is about.
     *
     * @param kind one of a closed set
     */
    record Item(
            String kind,
            String text,
            Instant since,
            ConsoleAgent.@Nullable Named agent,
            @Nullable String squadId,
            @Nullable String approvalId,
            @Nullable String runId,
            @Nullable String webhookId) {
        static Item of(Concern concern) {
            Concern.Whom agent = concern.agent();
            UUID subject = concern.subject();
            UUID squad = concern.squad();
            String id = subject == null ? null : subject.toString();
            return new Item(
                    concern.kind().word(),
                    concern.text(),
                    concern.since(),
                    agent == null
                            ? null
                            : ConsoleAgent.Named.of(agent.id(), agent.name(), agent.slug(), agent.origin()),
                    squad == null ? null : squad.toString(),
                    concern.kind() == Concern.Kind.APPROVAL ? id : null,
                    isOfRun(concern.kind()) ? id : null,
                    concern.kind() == Concern.Kind.WEBHOOK_DISABLED && subject != null
                            ? Spelling.WEBHOOK.of(subject)
                            : null);
        }

        private static boolean isOfRun(Concern.Kind kind) {
            return switch (kind) {
                case RUN_LOST, RUN_IN_DOUBT, RUN_FAILED, HEARTBEAT_FAILED -> true;
                default -> false;
            };
        }
    }
}
