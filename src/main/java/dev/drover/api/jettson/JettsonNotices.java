package dev.drover.api.jettson;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.WebhookId;
import dev.drover.core.run.RunView;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.webhook.HookEvent;
import dev.drover.core.webhook.NoticeWriter;
import java.time.Instant;

/** What webhooks are sent: the agent as a GET shows it, but for the progress (contract, section 13.2). */
public final class JettsonNotices implements NoticeWriter {
    private final ToolStyle style;

    public JettsonNotices(ToolStyle style) {
        this.style = style;
    }

    @Override
    public String ofAgent(HookEvent event, Instant at, RunView view) {
        ObjectNode agent = JsonCodec.object(JsonCodec.bytes(JettsonAgent.of(view, style)));
        agent.remove("progress");
        return JsonCodec.line(new Notice(event.word(), at, agent));
    }

    @Override
    public String ofTest(Instant at, WebhookId webhook) {
        return JsonCodec.line(new Notice(HookEvent.TEST.word(), at, new Tested(Spelling.WEBHOOK.of(webhook.value()))));
    }

    record Notice(String type, Instant timestamp, Object data) {}

    record Tested(String webhookId) {}
}
