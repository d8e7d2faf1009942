package dev.drover.core.artifact;

/** How much of one agent is kept. */
public record ArtifactLimits(int files, long bytes) {
    /** The contract's own (Jettson, section 13.5). */
    public static final ArtifactLimits USUAL = new ArtifactLimits(100, 100L << 20);
}
