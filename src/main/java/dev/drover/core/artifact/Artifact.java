package dev.drover.core.artifact;

import dev.drover.core.id.AgentId;
import dev.drover.core.id.ArtifactId;
import java.time.Instant;

/**
 * A file that an agent left behind.
 *
 * @param path from {@code /workspace}
 * @param sha256 of its bytes, in hex
 */
public record Artifact(
        ArtifactId id, AgentId agent, String path, long size, String mimeType, String sha256, Instant createdAt) {}
