package dev.drover.core.connection;

import dev.drover.core.id.ConnectionId;
import dev.drover.core.model.ListedModel;
import dev.drover.core.model.ModelFailure;
import dev.drover.core.model.ModelMaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What vendors say that their models are, asked for once in a while. */
final class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    /** A vendor that is away holds up one call in a while, and not every one. */
    private static final Duration FRESH_FAILURE = Duration.ofSeconds(30);

    private static final int MOST = 1_000;

    private final ModelMaker vendors;
    private final Clock clock;
    private final Map<ConnectionId, Told> told = new ConcurrentHashMap<>();

    Catalogue(ModelMaker vendors, Clock clock) {
        this.vendors = vendors;
        this.clock = clock;
    }

    Told of(ModelConnection connection) {
        Instant now = clock.instant();
        Told known = told.get(connection.id());
        if (known != null && known.isFresh(connection.version(), now)) {
            return known;
        }
        if (told.size() >= MOST) {
            told.values().removeIf(each -> !each.isFresh(each.version(), now));
        }
        Told asked = ask(connection, now);
        told.put(connection.id(), asked);
        return asked;
    }

    private Told ask(ModelConnection connection, Instant now) {
        try {
            return new Told(connection.version(), vendors.list(connection.account()), null, now.plus(FRESH));
        } catch (ModelFailure failure) {
            LOG.info("connection {} does not list its models: {}", connection.id(), failure.getMessage());
            return failed(connection, String.valueOf(failure.getMessage()), now);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(connection, "interrupted", now);
        }
    }

    private static Told failed(ModelConnection connection, String why, Instant now) {
        return new Told(connection.version(), List.of(), why, now.plus(FRESH_FAILURE));
    }

    /** @param failure why there is no list; null when there is one */
    record Told(
            int version, List<ListedModel> models, @Nullable String failure, Instant until) {
        boolean isFresh(int wanted, Instant now) {
            return version == wanted && now.isBefore(until);
        }
    }
}
