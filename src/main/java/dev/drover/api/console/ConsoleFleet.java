package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.agent.Origin;
import dev.drover.core.id.Spelling;
import dev.drover.core.overview.AgentState;
import dev.drover.core.overview.Roster;
import dev.drover.core.overview.RosterQuery;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agents of all dialects in one list. */
public final class ConsoleFleet {
    private final Roster roster;

    public ConsoleFleet(Roster roster) {
        this.roster = roster;
    }

    public Operation list() {
        return Operation.of("List agents of all dialects that the caller may see", this::list)
                .query("search", String.class, "A part of the name, the slug or a tag, or a whole id")
                .query("state", String.class, "Only these, comma-separated: " + words(AgentState.class))
                .query("dialect", String.class, "Only those born in these, comma-separated: " + words(Origin.class))
                .query("tag", String.class, "Only those that have the tag")
                .query("sort", String.class, "created (newest first, the usual), name, activity or state")
                .query("limit", Integer.class, "How many; 50 when left out, at most 200")
                .query("cursor", String.class, "The next_cursor of the page before, in the same order")
                .answers(200, ConsoleAgent.Page.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        String search = blankAsNull(call.query("search"));
        RosterQuery.Sort sort = sort(call.query("sort"));
        RosterQuery query = new RosterQuery(
                search,
                search == null ? null : Spelling.AGENT.read(search.strip()).orElse(null),
                several("state", call.query("state"), AgentState.class),
                several("dialect", call.query("dialect"), Origin.class),
                blankAsNull(call.query("tag")),
                sort,
                call.limit(50, 200),
                ConsoleCursor.read(call.query("cursor"), sort));
        return Answer.ok(ConsoleAgent.Page.of(roster.list(call.caller(), query)));
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip().replace("\0", "");
    }

    private static RosterQuery.Sort sort(@Nullable String word) {
        return word == null || word.isEmpty() ? RosterQuery.Sort.CREATED : one("sort", word, RosterQuery.Sort.class);
    }

    private static <E extends Enum<E>> Set<E> several(String name, @Nullable String words, Class<E> type) {
        Set<E> all = EnumSet.noneOf(type);
        if (words != null && !words.isBlank()) {
            for (String word : words.split(",", -1)) {
                all.add(one(name, word.strip(), type));
            }
        }
        return all;
    }

    private static <E extends Enum<E>> E one(String name, String word, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new Rejected(
                        new Rejection.QueryMisfit(name, "is '" + word + "', and must be of " + words(type))));
    }

    private static String words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(ConsoleFleet::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
