package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.core.conversation.TalkOrder;
import dev.drover.core.run.RunWebhook;
import dev.drover.core.run.Said;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is asked of an agent, as documented (contract, section 3.6). */
@CamelCase
record MakeOrder(
        List<MakeMessage> messages,
        Config config,
        @Nullable String threadId,
        @Nullable String callbackUrl) {
    static TalkOrder read(Fields body) {
        List<Fields> messages = body.objects("messages");
        if (messages == null) {
            throw body.wrong("messages", "Required");
        }
        if (messages.isEmpty()) {
            throw body.wrong("messages", "must hold at least one message");
        }
        List<Said> said = messages.stream().map(MakeOrder::said).toList();
        Fields config = body.object("config");
        if (config == null) {
            throw body.wrong("config", "Required");
        }
        String callback = body.text("callbackUrl");
        return new TalkOrder(
                said,
                body.text("threadId"),
                config.text("systemPrompt"),
                config.text("additionalSystemPrompt"),
                MakeSettings.read(config, "config.", "outputParser", false),
                callback == null ? null : callback(body, callback));
    }

    private static RunWebhook callback(Fields body, String url) {
        if (!RunWebhook.isWeb(url)) {
            throw body.wrong("callbackUrl", "must be an absolute http or https URL of at most 2,000 characters");
        }
        return RunWebhook.callback(url);
    }

    private static Said said(Fields message) {
        String role = MakeSettings.neededText(message, "role");
        String content = MakeSettings.neededText(message, "content");
        if (!role.equals("user") && !role.equals("assistant")) {
            throw message.wrong("role", "must be user or assistant, but is '" + role + "'");
        }
        if (content.isBlank()) {
            throw message.wrong("content", "must not be blank");
        }
        return new Said(Said.Speaker.valueOf(role.toUpperCase(Locale.ROOT)), content);
    }

    /** What is different for one run. */
    @CamelCase
    record Config(
            @Nullable String systemPrompt,
            @Nullable String additionalSystemPrompt,
            @Nullable List<MakeSettings.Scenario> scenarios,
            MakeSettings.@Nullable History historyConfig,
            MakeSettings.@Nullable Llm llmConfig,
            MakeSettings.@Nullable Invocation invocationConfig,
            @Nullable List<MakeAgent.Server> mcpConfigs,
            MakeSettings.@Nullable Output outputParser) {}
}
