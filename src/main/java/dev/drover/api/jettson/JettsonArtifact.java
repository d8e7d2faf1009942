package dev.drover.api.jettson;

import dev.drover.core.Page;
import dev.drover.core.artifact.Artifact;
import dev.drover.core.id.Spelling;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that an agent left behind (contract, section 13.5); its path is seen from the workspace. */
record JettsonArtifact(
        String artifactId, String path, long sizeBytes, String mimeType, String sha256, Instant createdAt) {
    static JettsonArtifact of(Artifact artifact) {
        return new JettsonArtifact(
                id(artifact),
                artifact.path(),
                artifact.size(),
                artifact.mimeType(),
                artifact.sha256(),
                artifact.createdAt());
    }

    private static String id(Artifact artifact) {
        return Spelling.ARTIFACT.of(artifact.id().value());
    }

    /** A page of them; its cursor is the id of the last one. */
    record Listed(List<JettsonArtifact> data, @Nullable String nextCursor) {
        static Listed of(Page<Artifact> page) {
            List<Artifact> items = page.items();
            return new Listed(
                    items.stream().map(JettsonArtifact::of).toList(), page.next() == null ? null : id(items.getLast()));
        }
    }
}
