package dev.drover.core.computer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people know a computer by. Kinds that keep whole systems show it to whoever looks at them from outside; the
 * others have no use for it.
 *
 * @param name as in {@code ledger-bot}; null for the agent's id
 * @param image of which system it is made; null for the server's usual one
 * @param labels such as {@code trinity.agent-type}, beside those that the kind gives it anyway
 */
public record Nameplate(@Nullable String name, @Nullable String image, Map<String, String> labels) {
    public static final Nameplate NONE = new Nameplate(null, null, Map.of());

    public Nameplate {
        labels = Map.copyOf(labels);
    }
}
