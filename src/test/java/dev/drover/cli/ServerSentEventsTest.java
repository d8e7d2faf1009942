package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
    private static ServerSentEvents of(String text) {
        return new ServerSentEvents(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> all(String text) throws IOException {
        ServerSentEvents events = of(text);
        List<String> all = new ArrayList<>();
        for (Optional<String> next = events.next(); next.isPresent(); next = events.next()) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    void readsEventsBetweenComments() throws IOException {
        assertThat(all(":\n\nid: 1\nevent: info\ndata: {\"a\":1}\n\n: beat\n\ndata:two\n\n"))
                .containsExactly("{\"a\":1}", "two");
    }

    @Test
    void joinsDataOfSeveralLines() throws IOException {
        assertThat(all("data: one\ndata:  two\n\n")).containsExactly("one\n two");
    }

    @Test
    void takesEveryKindOfLineEnd() throws IOException {
        assertThat(all("data: one\r\n\r\ndata: two\r\rdata: three\n\n")).containsExactly("one", "two", "three");
    }

    @Test
    void throwsHalfAnEventAway() throws IOException {
        assertThat(all("data: whole\n\ndata: half\n")).containsExactly("whole");
    }

    @Test
    void hearsHowLongToWait() throws IOException {
        ServerSentEvents events = of("retry: 2000\n\ndata: x\n\n");

        events.next();

        assertThat(events.retryMillis()).isEqualTo(2000);
    }
}
