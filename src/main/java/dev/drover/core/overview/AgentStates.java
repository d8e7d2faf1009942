package dev.drover.core.overview;

/** How the state of an agent follows from what the rooms store of it, as SQL. */
final class AgentStates {
    /** Begins a query: what of {@code agent} is seen, what works or waits. */
    static final String WITH = """
            with seen as (
                select a.* from agent a
                where a.deleted_at is null and a.slug <> 'trinity-system' and {sight}
                    and not exists (select from machine m where m.agent_id = a.id and not m.ready)),
            work as (
                select agent_id, bool_or(working) as working from (
                    select agent_id, status = 'running' as working from run where ended_at is null
                    union all
                    select agent_id, status = 'running' from heartbeat_run where status in ('queued', 'running')) live
                group by agent_id)
            """;

    /** The agents seen, and what their state depends on. */
    static final String FROM = """
            from seen s
            left join work w on w.agent_id = s.id
            left join machine m on m.agent_id = s.id
            left join member b on b.agent_id = s.id
            left join run first on s.origin = 'jettson' and first.agent_id = s.id and first.ordinal = 1
            """;

    /** A word of {@link AgentState}. */
    static final String STATE = """
            case when s.hold = 'terminated' then 'done'
                when s.hold = 'pending' then 'pending'
                when w.working then 'running'
                when s.hold = 'paused' or s.halted then 'paused'
                when w.agent_id is not null then 'waiting'
                when b.work = 'error' or m.state = 'exited' or first.status = 'error' then 'failed'
                when m.agent_id is null and first.ended_at is not null then 'done'
                when m.state <> 'running' and not m.fresh then 'off'
                else 'idle' end
            """;

    private AgentStates() {}

    static String with(Sight sight) {
        return WITH.replace("{sight}", sight.agents());
    }
}
