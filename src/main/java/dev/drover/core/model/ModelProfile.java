package dev.drover.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A named reasoning configuration: which model answers, and how it is asked.
 *
 * @param contextTokens how much the model can read and write in one call
 * @param temperature null leaves the vendor's default
 */
public record ModelProfile(
        String name,
        LanguageModel model,
        String systemPrompt,
        int contextTokens,
        int maxOutputTokens,
        @Nullable Double temperature) {
    /** The profile of an agent that names none (Jettson contract, section 1). */
    public static final String DEFAULT = "jettson-6.0";

    /** The same with answers of at most so many tokens. */
    public ModelProfile answering(int tokens) {
        return new ModelProfile(name, model, systemPrompt, contextTokens, tokens, temperature);
    }
}
