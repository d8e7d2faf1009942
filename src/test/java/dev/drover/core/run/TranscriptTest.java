package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.model.Message;
import dev.drover.core.model.Picture;
import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    @Test
    void keepsTheNewestPicturesAndLetsGoOfOlderOnes() {
        Transcript transcript = new Transcript("look");
        for (int i = 1; i <= 5; i++) {
            transcript.take(new Entry.ToolShowed(i, "call" + i, new Picture("image/png", "same")));
            transcript.take(new Entry.ToolReturned(
                    i, "call" + i, "browser_screenshot", new Json("{\"n\":" + i + "}"), false, false, 1));
        }

        List<Integer> shown = transcript.messages().stream()
                .filter(Message.ToolOutcome.class::isInstance)
                .map(message -> ((Message.ToolOutcome) message).pictures().size())
                .toList();
        assertThat(shown).containsExactly(0, 0, 1, 1, 1);
    }

    @Test
    void tellsTheModelBehindTheResultsOfItsCallsThatItsFilesAreGone() {
        Transcript transcript = new Transcript("write");
        ToolCall one = new ToolCall("c1", "files_write", new Json("{}"));
        ToolCall two = new ToolCall("c2", "files_read", new Json("{}"));
        transcript.take(new Entry.ModelReplied(
                1, new Reply("", "", List.of(one, two), Usage.NONE, Reply.Stop.TOOLS, "", Map.of())));
        transcript.take(new Entry.ToolReturned(1, "c1", "files_write", new Json("{}"), false, false, 1));
        transcript.take(new Entry.WorkspaceLost());
        transcript.take(new Entry.ToolReturned(1, "c2", "files_read", new Json("{}"), true, true, 1));

        assertThat(transcript.messages().getLast()).isEqualTo(new Message.User(new Entry.WorkspaceLost().line()));
        assertThat(transcript.messages()).hasSize(5);
    }
}
