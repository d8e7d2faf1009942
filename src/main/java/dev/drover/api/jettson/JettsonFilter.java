package dev.drover.api.jettson;

import dev.drover.api.http.Call;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.run.AgentFilter;
import dev.drover.core.run.RunStatus;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which agents a list is to show, as its query says (contract, section 13.8). */
final class JettsonFilter {
    static final String METADATA = "metadata.";

    private JettsonFilter() {}

    static AgentFilter of(Call call) {
        return new AgentFilter(statuses(call.query("status")), call.queries(METADATA), anyOrigin(call.query("origin")));
    }

    private static @Nullable Set<RunStatus> statuses(@Nullable String list) {
        if (list == null) {
            return null;
        }
        Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);
        for (String word : list.split(",", -1)) {
            statuses.add(status(word));
        }
        return statuses;
    }

    private static RunStatus status(String word) {
        for (RunStatus status : RunStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        throw new Rejected(new Rejection.QueryMisfit(
                "status", "must name some of spawning, running, completed, stopped, error, idle"));
    }

    private static boolean anyOrigin(@Nullable String origin) {
        return switch (origin) {
            case null -> false;
            case "jettson" -> false;
            case "all" -> true;
            default -> throw new Rejected(new Rejection.QueryMisfit("origin", "must be jettson or all"));
        };
    }
}
