package dev.drover.core.run;

import dev.drover.core.Page;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers do with runs. */
public final class Runs {
    /** Accepts a task: stores agent, run and first event, and returns at once; the work goes on elsewhere. */
    public RunView spawn(Caller caller, SpawnAgent order) {
        return unbuilt(caller, order);
    }

    /** The caller's agents born in Jettson, newest first, after the one given. */
    public Page<RunView> list(Caller caller, int limit, @Nullable AgentId after) {
        return unbuilt(caller, limit, String.valueOf(after));
    }

    public RunView get(Caller caller, AgentId agent) {
        return unbuilt(caller, agent);
    }

    /** Ends a run as stopped; one that is over stays as it is. What is returned shows the real status. */
    public RunView stop(Caller caller, AgentId agent) {
        return unbuilt(caller, agent);
    }

    /** A page of steps; its cursor is the number of the last step. */
    public Page<Event> logs(Caller caller, AgentId agent, LogQuery query) {
        return unbuilt(caller, agent, query);
    }

    /** Follows the steps behind the one given; refused as invalid {@code after} when the log has not come so far. */
    public Follower follow(Caller caller, AgentId agent, long after, Set<EventKind> kinds) {
        return unbuilt(caller, agent, after, kinds);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T> T unbuilt(Object... what) {
        throw new IllegalStateException("not built: " + what.length);
    }
}
