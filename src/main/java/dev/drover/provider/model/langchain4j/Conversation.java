package dev.drover.provider.model.langchain4j;

import dev.drover.core.model.Message;
import dev.drover.core.model.Picture;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A prompt's conversation in LangChain4j's messages. */
final class Conversation {
    private Conversation() {}

    static List<ChatMessage> of(Prompt prompt, Vendor vendor) {
        List<ChatMessage> messages = new ArrayList<>();
        if (!prompt.system().isBlank()) {
            messages.add(SystemMessage.from(prompt.system()));
        }
        List<Message.ToolOutcome> showing = new ArrayList<>();
        int left = prompt.messages().size();
        for (Message message : prompt.messages()) {
            left--;
            if (!(message instanceof Message.ToolOutcome)) {
                show(showing, messages);
            }
            Map<String, Object> attributes = left == 0 ? vendor.lastMessageAttributes() : Map.of();
            switch (message) {
                case Message.User(String text) -> messages.add(user(text, attributes));
                case Message.Assistant(Reply reply) -> {
                    // Vendors refuse an assistant message without content, and it says nothing.
                    if (!reply.text().isBlank() || !reply.calls().isEmpty()) {
                        messages.add(assistant(reply, vendor.name()));
                    }
                }
                case Message.ToolOutcome outcome -> {
                    messages.add(outcome(outcome, attributes));
                    showing.add(outcome);
                }
            }
        }
        show(showing, messages);
        return messages;
    }

    /**
     * The pictures of a turn's results, behind all of them: in a result itself not every vendor takes one, and between
     * two results none does.
     */
    private static void show(List<Message.ToolOutcome> outcomes, List<ChatMessage> messages) {
        List<Content> contents = new ArrayList<>();
        for (Message.ToolOutcome outcome : outcomes) {
            if (!outcome.pictures().isEmpty()) {
                contents.add(TextContent.from("Shown by " + outcome.tool() + " (call " + outcome.callId() + "):"));
            }
            for (Picture picture : outcome.pictures()) {
                contents.add(ImageContent.from(picture.base64(), picture.mediaType()));
            }
        }
        if (!contents.isEmpty()) {
            messages.add(UserMessage.from(contents));
        }
        outcomes.clear();
    }

    private static UserMessage user(String text, Map<String, Object> attributes) {
        return UserMessage.builder()
                .addContent(TextContent.from(text))
                .attributes(attributes)
                .build();
    }

    private static AiMessage assistant(Reply reply, String vendor) {
        AiMessage.Builder message = AiMessage.builder()
                .toolExecutionRequests(
                        reply.calls().stream().map(Conversation::call).toList());
        if (!reply.text().isBlank()) {
            message.text(reply.text());
        }
        if (Keepsakes.belongTo(vendor, reply.vendor())) {
            message.attributes(Keepsakes.attributes(reply.vendor()));
            if (!reply.thinking().isBlank()) {
                message.thinking(reply.thinking());
            }
        }
        return message.build();
    }

    /** What the model wrote, unless it was no object: that would break the request, and the outcome tells of it. */
    private static ToolExecutionRequest call(ToolCall call) {
        String input = call.input().text();
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.tool())
                .arguments(JsonText.parsed(input).isObject() ? input : "{}")
                .build();
    }

    private static ToolExecutionResultMessage outcome(Message.ToolOutcome outcome, Map<String, Object> attributes) {
        return ToolExecutionResultMessage.builder()
                .id(outcome.callId())
                .toolName(outcome.tool())
                .text(outcome.output().text())
                .isError(outcome.isError())
                .attributes(attributes)
                .build();
    }
}
