package dev.drover.core.run;

import dev.drover.core.Json;
import dev.drover.core.model.Reply;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an entry says in words that somebody may search for. */
final class EntryWords {
    private EntryWords() {}

    /** As it may stand in stored JSON: plainly, in a string, or in a string that is JSON itself. */
    static List<String> spellings(String text) {
        String once = quoted(text);
        return Stream.of(text, once, quoted(once)).distinct().toList();
    }

    private static String quoted(String text) {
        String quoted = Json.quote(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    static boolean say(Entry entry, String text) {
        List<String> wanted = Stream.of(text, quoted(text))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        return of(entry)
                .map(said -> said.toLowerCase(Locale.ROOT))
                .anyMatch(said -> wanted.stream().anyMatch(said::contains));
    }

    private static Stream<String> of(Entry entry) {
        return switch (entry) {
            case Entry.Noted noted -> Stream.of(noted.message());
            case Entry.Instructed instructed -> Stream.of(instructed.text());
            case Entry.Spoken spoken -> Stream.of(spoken.said().text());
            case Entry.Consulted consulted ->
                consulted.excerpts().stream().flatMap(each -> Stream.of(each.document(), each.text()));
            case Entry.ComputerOpened opened ->
                Stream.concat(Stream.of(opened.isolation().kind()), opened.isolation().facts().values().stream());
            case Entry.Recalled recalled ->
                recalled.reminders().stream().flatMap(each -> Stream.of(each.namespace(), each.key(), each.value()));
            case Entry.EgressJudged judged ->
                Stream.of(judged.target(), judged.reason() == null ? "" : judged.reason());
            case Entry.ModelCalled called -> Stream.empty();
            case Entry.ModelSpoke spoke -> Stream.empty();
            case Entry.ModelFailed failed -> Stream.of(failed.reason());
            case Entry.ModelReplied replied -> of(replied.reply());
            case Entry.ToolCalled called ->
                Stream.of(called.call().tool(), called.call().input().text());
            case Entry.ToolShowed showed -> Stream.empty();
            case Entry.ToolReturned returned ->
                Stream.of(returned.tool(), returned.output().text());
            case Entry.SessionBegan began -> Stream.of(began.runtime(), began.session());
            case Entry.Charged charged -> Stream.empty();
            case Entry.FilesPlaced placed -> Stream.empty();
            case Entry.WorkspaceLost lost -> Stream.of(lost.line());
            case Entry.ResultRefused refused -> Stream.of(refused.reason());
            case Entry.Forked forked -> Stream.of(forked.line());
            case Entry.Completed completed -> Stream.of(completed.result());
            case Entry.Failed failed -> Stream.of(failed.message());
            case Entry.Stopped stopped -> Stream.of(stopped.by());
        };
    }

    private static Stream<String> of(Reply reply) {
        return Stream.of(reply.text(), reply.thinking(), reply.model());
    }
}
