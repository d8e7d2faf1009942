package dev.drover.api.make;

import dev.drover.api.http.Call;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import dev.drover.core.usage.RequestRate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every call within a team is asked first, in this order: its team, its rate, its path (contract, section 1). */
public final class MakeTeam {
    private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,8}");

    private final RequestRate rate;

    public MakeTeam(RequestRate rate) {
        this.rate = rate;
    }

    /** The caller, who may see the team that the query names. */
    Caller caller(Call call) {
        String team = call.query("teamId");
        if (team == null) {
            throw new Rejected(new Rejection.QueryMisfit("teamId", "Required"));
        }
        return member(call, number("teamId", team));
    }

    /** The same for a path that names its team or organization itself. */
    Caller member(Call call, @Nullable Integer team) {
        Caller caller = call.caller();
        if (team == null || team != caller.user().team()) {
            throw new Refused(new Problem.Forbidden("team " + team));
        }
        rate.count(team);
        return caller;
    }

    /** The agent that the path names; anything but a UUID is refused. */
    static AgentId agent(Call call) {
        return new AgentId(uuid(call, "agentId"));
    }

    static UUID uuid(Call call, String name) {
        String text = call.path(name);
        if (!Spelling.isUuid(text)) {
            throw Refused.invalid(name, "must be a UUID, but is '" + text + "'");
        }
        return UUID.fromString(text);
    }

    /** A number in the path; what is none belongs to nobody. */
    static int number(Call call, String name) {
        return number(name, call.path(name));
    }

    /** The same wherever else it stands. */
    static int number(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw Refused.invalid(name, "must be a whole number greater than 0, but is '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
