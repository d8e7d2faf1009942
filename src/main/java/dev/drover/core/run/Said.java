package dev.drover.core.run;

/** One message of a conversation between a user and an agent, without what the agent did in between. */
public record Said(Speaker speaker, String text) {
    /** Who said it. */
    public enum Speaker {
        USER,
        ASSISTANT
    }
}
