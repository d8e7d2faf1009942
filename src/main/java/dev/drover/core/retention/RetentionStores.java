package dev.drover.core.retention;

import dev.drover.core.artifact.ArtifactStore;
import dev.drover.core.audit.ActivityStore;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.execution.ExecutionStore;
import dev.drover.core.run.EventCodec;
import dev.drover.core.run.PruneStore;
import dev.drover.core.webhook.DeliveryStore;
import dev.drover.core.webhook.WebhookStore;
import org.jdbi.v3.core.Jdbi;

/** Where old things are; each room prunes its own. */
public record RetentionStores(
        OldRunStore old,
        PruneStore runs,
        ArtifactStore artifacts,
        ExecutionStore executions,
        WebhookStore hooks,
        DeliveryStore deliveries,
        AuditStore audit,
        ActivityStore activities) {
    public static RetentionStores in(Jdbi jdbi, EventCodec codec) {
        return new RetentionStores(
                new OldRunStore(jdbi),
                new PruneStore(jdbi, codec),
                new ArtifactStore(jdbi),
                new ExecutionStore(jdbi, codec),
                new WebhookStore(jdbi),
                new DeliveryStore(jdbi),
                new AuditStore(jdbi),
                new ActivityStore(jdbi));
    }
}
