package dev.drover.api.console;

import dev.drover.api.http.Shortened;
import dev.drover.core.model.Delta;
import dev.drover.core.model.Reply;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what entries of a log say, in the words of {@link ConsoleDetail}. */
final class ConsoleEvents {
    private ConsoleEvents() {}

    static @Nullable Integer iteration(Entry entry) {
        return switch (entry) {
            case Entry.ModelCalled called -> called.iteration();
            case Entry.ModelSpoke spoke -> spoke.iteration();
            case Entry.ModelFailed failed -> failed.iteration();
            case Entry.ModelReplied replied -> replied.iteration();
            case Entry.ToolCalled called -> called.iteration();
            case Entry.ToolShowed showed -> showed.iteration();
            case Entry.ToolReturned returned -> returned.iteration();
            case Entry.ResultRefused refused -> refused.iteration();
            default -> null;
        };
    }

    static ConsoleDetail detail(Event event, int cut) {
        return switch (event.entry()) {
            case Entry.Noted noted -> new ConsoleDetail.Words(noted.message());
            case Entry.Instructed instructed -> new ConsoleDetail.Words(instructed.text());
            case Entry.Spoken spoken ->
                new ConsoleDetail.Spoken(
                        word(spoken.said().speaker()), spoken.said().text());
            case Entry.Consulted consulted -> consulted(consulted);
            case Entry.ComputerOpened opened ->
                new ConsoleDetail.Opened(
                        opened.isolation().kind(),
                        new TreeMap<>(opened.isolation().facts()));
            case Entry.Recalled recalled -> recalled(recalled);
            case Entry.EgressJudged judged ->
                new ConsoleDetail.Egress(judged.target(), judged.reason() == null, judged.reason(), judged.times());
            case Entry.ModelCalled called -> new ConsoleDetail.Called(called.attempt());
            case Entry.ModelSpoke spoke -> piece(spoke.delta());
            case Entry.ModelFailed failed ->
                new ConsoleDetail.Trouble(failed.attempt(), failed.reason(), failed.nextTry());
            case Entry.ModelReplied replied -> replied(replied.reply(), cut);
            case Entry.ToolCalled called -> called(called, cut);
            case Entry.ToolShowed showed -> picture(event, showed);
            case Entry.ToolReturned returned -> returned(returned, cut);
            case Entry.SessionBegan began -> new ConsoleDetail.Session(began.runtime(), began.session());
            case Entry.Charged charged ->
                new ConsoleDetail.Charged(ConsoleDetail.Tokens.of(charged.usage()), charged.dollars());
            case Entry.FilesPlaced placed -> new ConsoleDetail.Placed(placed.count());
            case Entry.WorkspaceLost lost -> new ConsoleDetail.Words(lost.line());
            case Entry.ResultRefused refused -> new ConsoleDetail.Refused(refused.reason());
            case Entry.Forked forked -> ConsoleDetail.Forked.of(forked);
            case Entry.Completed completed -> completed(completed, cut);
            case Entry.Failed failed -> new ConsoleDetail.Failed(word(failed.reason()), failed.message());
            case Entry.Stopped stopped -> new ConsoleDetail.Stopped(stopped.by());
        };
    }

    private static ConsoleDetail consulted(Entry.Consulted consulted) {
        return new ConsoleDetail.Consulted(consulted.excerpts().stream()
                .map(each -> new ConsoleDetail.Consulted.Passage(each.document(), each.text()))
                .toList());
    }

    private static ConsoleDetail recalled(Entry.Recalled recalled) {
        return new ConsoleDetail.Recalled(recalled.reminders().stream()
                .map(each -> new ConsoleDetail.Recalled.Memory(each.namespace(), each.key(), each.value()))
                .toList());
    }

    private static ConsoleDetail piece(Delta delta) {
        return switch (delta) {
            case Delta.Text text -> new ConsoleDetail.Piece("text", text.text());
            case Delta.Thinking thinking -> new ConsoleDetail.Piece("thinking", thinking.text());
        };
    }

    private static ConsoleDetail replied(Reply reply, int cut) {
        long bytes = Shortened.size(reply.text()) + Shortened.size(reply.thinking());
        boolean large = bytes > cut;
        return new ConsoleDetail.Replied(
                large ? Shortened.start(reply.text(), cut / 2) : reply.text(),
                large ? Shortened.start(reply.thinking(), cut / 2) : reply.thinking(),
                reply.calls().stream()
                        .map(call -> new ConsoleDetail.Replied.Wish(call.id(), call.tool()))
                        .toList(),
                ConsoleDetail.Tokens.of(reply.usage()),
                word(reply.stop()),
                reply.model(),
                large ? true : null,
                large ? bytes : null);
    }

    private static ConsoleDetail called(Entry.ToolCalled called, int cut) {
        Shortened input = Shortened.of(called.call().input().text(), cut);
        return new ConsoleDetail.ToolCalled(
                called.call().id(), called.call().tool(), input.value(), input.truncated(), input.bytes());
    }

    private static ConsoleDetail picture(Event event, Entry.ToolShowed showed) {
        String url = "/api/v1/runs/" + event.run() + "/events/" + event.seq() + "/picture";
        return new ConsoleDetail.Picture(
                showed.callId(),
                url,
                showed.picture().mediaType(),
                showed.picture().bytes());
    }

    private static ConsoleDetail returned(Entry.ToolReturned returned, int cut) {
        Shortened output = Shortened.of(returned.output().text(), cut);
        return new ConsoleDetail.ToolReturned(
                returned.callId(),
                returned.tool(),
                output.value(),
                returned.isError(),
                returned.inDoubt(),
                returned.millis(),
                output.truncated(),
                output.bytes());
    }

    private static ConsoleDetail completed(Entry.Completed completed, int cut) {
        long bytes = Shortened.size(completed.result());
        boolean large = bytes > cut;
        return new ConsoleDetail.Completed(
                large ? Shortened.start(completed.result(), cut / 2) : completed.result(),
                large ? true : null,
                large ? bytes : null);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
