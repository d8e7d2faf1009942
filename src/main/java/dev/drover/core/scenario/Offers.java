package dev.drover.core.scenario;

import dev.drover.core.connection.ServiceAccount;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.tool.Schemas;
import dev.drover.core.tool.ToolRefusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What servers of tools offer: asked at most once a minute, and never waited for long. */
final class Offers {
    private static final Logger LOG = LoggerFactory.getLogger(Offers.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ToolServers servers;
    private final EgressGuard guard;
    private final Schemas schemas;
    private final Clock clock;
    private final Map<ServiceAccount, Answer> answers = new ConcurrentHashMap<>();

    Offers(ToolServers servers, EgressGuard guard, Schemas schemas, Clock clock) {
        this.servers = servers;
        this.guard = guard;
        this.schemas = schemas;
        this.clock = clock;
    }

    /** What it offers that models can be given; refused with the reason when it cannot be asked. */
    List<ToolServers.Offered> of(ServiceAccount account) throws ToolRefusal, InterruptedException {
        Instant now = clock.instant();
        answers.values().removeIf(answer -> answer.until().isBefore(now));
        Answer known = answers.get(account);
        if (known != null) {
            return known.tools();
        }
        List<ToolServers.Offered> tools = InTime.within(PATIENCE, () -> servers.tools(account, guard)).stream()
                .filter(tool -> fits(account, tool))
                .toList();
        answers.put(account, new Answer(tools, now.plus(FRESH)));
        return tools;
    }

    Optional<ToolServers.Offered> of(ServiceAccount account, String tool) throws ToolRefusal, InterruptedException {
        return of(account).stream()
                .filter(offered -> offered.name().equals(tool))
                .findFirst();
    }

    private boolean fits(ServiceAccount account, ToolServers.Offered tool) {
        Optional<String> misfit = schemas.misfit(tool.inputSchema());
        misfit.ifPresent(
                reason -> LOG.warn("tool '{}' of {} is left out: its schema {}", tool.name(), account.name(), reason));
        return misfit.isEmpty();
    }

    private record Answer(List<ToolServers.Offered> tools, Instant until) {}
}
