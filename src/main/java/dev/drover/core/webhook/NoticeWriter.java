package dev.drover.core.webhook;

import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunView;
import java.time.Instant;

/** SPI: the words of a notice, in the JSON of the dialect that webhooks speak. */
public interface NoticeWriter {
    String ofAgent(HookEvent event, Instant at, RunView view);

    String ofTest(Instant at, WebhookId webhook);
}
