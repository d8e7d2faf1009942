package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.access.Caller;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words by which people sort their agents. */
public final class Tags {
    private static final Pattern TAG = Pattern.compile("[a-z0-9-]{1,50}");

    private final WordStore store;
    private final NamedAgentStore agents;
    private final Transactions transactions;

    /** @param store of {@link WordStore#tags} */
    public Tags(WordStore store, NamedAgentStore agents, Transactions transactions) {
        this.store = store;
        this.agents = agents;
        this.transactions = transactions;
    }

    /** How many of the agents that the caller may use have each tag; the most frequent first. */
    public List<Count> counts(Caller caller) {
        return agents.tags(caller);
    }

    /** Sorted. */
    public List<String> of(Reached agent) {
        return store.of(agent.id());
    }

    public List<String> set(Reached agent, List<String> tags) {
        List<String> plain = tags.stream().map(Tags::plain).distinct().toList();
        transactions.run(() -> {
            store.clear(agent.id());
            store.add(agent.id(), plain);
        });
        return of(agent);
    }

    public List<String> add(Reached agent, String tag) {
        store.add(agent.id(), List.of(plain(tag)));
        return of(agent);
    }

    /** One that the agent does not have is gone already. */
    public List<String> remove(Reached agent, String tag) {
        store.remove(agent.id(), plain(tag));
        return of(agent);
    }

    private static String plain(String tag) {
        String plain = tag.strip().toLowerCase(Locale.ROOT);
        if (!TAG.matcher(plain).matches()) {
            throw new Refused(new Problem.Unacceptable(
                    "Invalid tag '" + tag + "' - a tag has 1 to 50 letters, digits and hyphens"));
        }
        return plain;
    }

    /** A tag, and how many agents have it. */
    public record Count(String tag, int count) {}
}
