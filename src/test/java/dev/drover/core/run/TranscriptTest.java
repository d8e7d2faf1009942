package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.model.Message;
import dev.drover.core.model.Picture;
import java.util.List;
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
}
