package dev.drover.core.overview;

import dev.drover.core.agent.Origin;
import dev.drover.core.id.AgentId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param text what it is, in a sentence
 * @param agent whom it is about, if an agent
 * @param subject the approval, squad, run or webhook that it is about; null when that is the agent or the server
 * @param squad where it is
 */
public record Concern(
        Kind kind,
        String text,
        Instant since,
        @Nullable Whom agent,
        @Nullable UUID squad,
        @Nullable UUID subject) {
    /** An agent that something is about. */
    public record Whom(AgentId id, String name, String slug, Origin origin) {}

    /** What can be wrong, the most urgent first. */
    public enum Kind {
        /** Nobody can log in before somebody sets a password. */
        SETUP,
        APPROVAL,
        BUDGET,
        AGENT_FAILED,
        COMPUTER_DIED,
        RUN_LOST,
        RUN_IN_DOUBT,
        WEBHOOK_DISABLED,
        /** No model that understands anything is connected. */
        NO_MODEL,
        RUN_FAILED,
        HEARTBEAT_FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
