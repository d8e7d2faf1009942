package dev.drover.core.memory;

/** The name of a memory, unique for its user. Refuses what does not fit. */
public record MemoryKey(String namespace, String key) {
    private static final int LONGEST = 128;

    public MemoryKey {
        Misfit.ofName("key", key, LONGEST);
        Misfit.ofNamespace(namespace);
    }
}
