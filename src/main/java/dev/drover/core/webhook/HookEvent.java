package dev.drover.core.webhook;

import dev.drover.core.run.RunStatus;
import java.util.Arrays;
import java.util.Optional;

/** What a webhook tells of (Jettson contract, section 13.2). */
public enum HookEvent {
    SPAWNING("agent.spawning"),
    RUNNING("agent.running"),
    COMPLETED("agent.completed"),
    ERROR("agent.error"),
    STOPPED("agent.stopped"),
    TEST("webhook.test");

    /** Stands for all of them. */
    static final String ANY = "*";

    private final String word;

    HookEvent(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static Optional<HookEvent> named(String word) {
        return Arrays.stream(values()).filter(event -> event.word.equals(word)).findFirst();
    }

    static HookEvent of(RunStatus status) {
        return switch (status) {
            case IDLE, SPAWNING -> SPAWNING;
            case RUNNING -> RUNNING;
            case COMPLETED -> COMPLETED;
            case ERROR -> ERROR;
            case STOPPED -> STOPPED;
        };
    }
}
