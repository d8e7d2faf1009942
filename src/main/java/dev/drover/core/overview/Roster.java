package dev.drover.core.overview;

import dev.drover.core.access.Caller;
import java.util.List;

/** Lists the agents of all dialects, to everybody those that they may see. */
public final class Roster {
    private final RosterStore store;

    public Roster(RosterStore store) {
        this.store = store;
    }

    public Listed.Page list(Caller caller, RosterQuery query) {
        RosterStore.Found found = store.list(Sight.of(caller), query);
        List<Listed> all = found.agents();
        boolean more = all.size() > query.limit();
        List<Listed> page = more ? all.subList(0, query.limit()) : all;
        return new Listed.Page(page, found.total(), more ? page.getLast().place() : null);
    }
}
