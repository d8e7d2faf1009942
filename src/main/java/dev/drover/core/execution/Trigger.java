package dev.drover.core.execution;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What made an agent work. */
public enum Trigger {
    /** Somebody gave it a task. */
    MANUAL,
    CHAT,
    SCHEDULE,
    /** Another agent asked. */
    AGENT;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Trigger> of(String word) {
        return Arrays.stream(values())
                .filter(trigger -> trigger.word().equals(word))
                .findFirst();
    }
}
