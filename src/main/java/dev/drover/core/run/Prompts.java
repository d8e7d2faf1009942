package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.context.Excerpt;
import dev.drover.core.memory.Reminder;
import dev.drover.core.model.Message;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.Prompt;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.ToolOffer;
import dev.drover.core.tool.ToolStyle;
import dev.drover.core.tool.Toolbox;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a transcript into what the model is given. Tool names get the dialect's prefix, and when the conversation no
 * longer fits the model's context the oldest tool results make room: the same ones at every replay.
 */
final class Prompts {
    /** A cautious guess over languages and JSON; the vendor counts for real. */
    private static final int CHARACTERS_A_TOKEN = 3;

    /** Vendors charge a picture of a screen about 1,500 tokens, whatever its bytes. */
    private static final int PICTURE = 1_500 * CHARACTERS_A_TOKEN;

    private static final Json LEFT_OUT =
            new Json("{\"note\":\"left out: the conversation had grown beyond what the model can read\"}");

    private final ModelProfile profile;
    private final String addition;
    private final ToolStyle style;
    private final List<ToolOffer> offers;

    /** With what the model is told beyond the profile's own words, or the run's. */
    Prompts(ModelProfile profile, String addition, Toolbox toolbox) {
        this.profile = profile;
        this.addition = addition;
        this.style = toolbox.style();
        this.offers = toolbox.offers();
    }

    Prompt of(Transcript transcript) {
        List<Reminder> reminders = transcript.reminders();
        List<Excerpt> excerpts = transcript.excerpts();
        String own = transcript.instructions();
        String told = (own == null ? profile.systemPrompt() : own)
                + addition
                + (transcript.isForked() ? Entry.Forked.TOLD : "")
                + Excerpt.text(excerpts == null ? List.of() : excerpts)
                + Reminder.text(reminders == null ? List.of() : reminders);
        List<Message> messages = fitted(transcript.messages(), told.length());
        return new Prompt(
                told,
                messages.stream().map(this::shown).toList(),
                offers,
                profile.maxOutputTokens(),
                profile.temperature());
    }

    private List<Message> fitted(List<Message> messages, int taken) {
        long room = CHARACTERS_A_TOKEN * (long) (profile.contextTokens() - profile.maxOutputTokens())
                - taken
                - offers.stream()
                        .mapToLong(offer -> offer.inputSchema().text().length())
                        .sum();
        long size = messages.stream().mapToLong(Prompts::size).sum();
        List<Message> fitted = new ArrayList<>(messages);
        for (int i = 0; i < fitted.size() && size > room; i++) {
            if (fitted.get(i) instanceof Message.ToolOutcome outcome && size(outcome) > size(emptied(outcome))) {
                size -= size(outcome) - size(emptied(outcome));
                fitted.set(i, emptied(outcome));
            }
        }
        return fitted;
    }

    private static Message.ToolOutcome emptied(Message.ToolOutcome outcome) {
        return new Message.ToolOutcome(outcome.callId(), outcome.tool(), LEFT_OUT, outcome.isError());
    }

    private static long size(Message message) {
        return switch (message) {
            case Message.User user -> user.text().length();
            case Message.Assistant assistant ->
                assistant.reply().text().length()
                        + assistant.reply().thinking().length()
                        + assistant.reply().calls().stream()
                                .mapToLong(call -> call.input().text().length())
                                .sum();
            case Message.ToolOutcome outcome ->
                outcome.output().text().length()
                        + (long) PICTURE * outcome.pictures().size();
        };
    }

    private Message shown(Message message) {
        return switch (message) {
            case Message.User user -> user;
            case Message.Assistant assistant -> new Message.Assistant(shown(assistant.reply()));
            case Message.ToolOutcome outcome ->
                new Message.ToolOutcome(
                        outcome.callId(),
                        style.shown(outcome.tool()),
                        outcome.output(),
                        outcome.isError(),
                        profile.model().sees() ? outcome.pictures() : List.of());
        };
    }

    private Reply shown(Reply reply) {
        return withCalls(reply, reply.calls().stream().map(this::shown).toList());
    }

    /** The call under the name that the model knows. */
    private ToolCall shown(ToolCall call) {
        return new ToolCall(call.id(), style.shown(call.tool()), call.input());
    }

    /** A reply as the log keeps it: tools by their core names. */
    Reply core(Reply reply) {
        return withCalls(
                reply,
                reply.calls().stream()
                        .map(call -> new ToolCall(call.id(), style.core(call.tool()), call.input()))
                        .toList());
    }

    private static Reply withCalls(Reply reply, List<ToolCall> calls) {
        return new Reply(
                reply.text(), reply.thinking(), calls, reply.usage(), reply.stop(), reply.model(), reply.vendor());
    }
}
