package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.TestingPlane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final String MODULE = "document.querySelector('script[type=module]').src.replace('main', 'stream')";

    private static TestingPlane plane;
    private static TestingTab tab;

    @BeforeAll
    static void open() {
        tab = TestingChromium.tab();
        plane = TestingPlane.offline();
        tab.open(plane.url() + "/console");
    }

    @AfterAll
    static void close() {
        tab.close();
        plane.close();
    }

    @Test
    void readsTheSameEventsHoweverTheTextIsCut() {
        String text = "retry: 700\\r\\n: a remark\\r\\n"
                + "id: 1\\r\\nevent: step\\r\\ndata: one\\r\\ndata:  two\\r\\n\\r\\n"
                + "data\\n\\nid\\ndata: last\\r\\r";
        String whole = "[[\"1\",\"step\",\"one\\n two\"],[\"1\",\"message\",\"\"],[\"\",\"message\",\"last\"]]";
        for (int size : new int[] {1, 2, 3, 7, 1_000}) {
            assertThat(tab.js("""
                    import(%s).then(({EventParser}) => {
                      const place = {id: '', retry: 0};
                      const seen = [];
                      const parser = new EventParser(place, event => seen.push([event.id, event.type, event.data]));
                      const text = '%s';
                      for (let at = 0; at < text.length; at += %d) parser.take(text.slice(at, at + %d));
                      parser.take('data: half of an event');
                      return JSON.stringify(seen) + place.retry;
                    })""".formatted(MODULE, text, size, size)).asText())
                    .as("in pieces of " + size)
                    .isEqualTo(whole + "700");
        }
    }

    @Test
    void comesBackFromBehindTheLastWholeEvent() {
        assertThat(tab.js("""
                import(%s).then(({EventParser}) => {
                  const place = {id: '4', retry: 0};
                  const parser = new EventParser(place, () => {});
                  parser.take('id: 5\\ndata: whole\\n\\nid: 6\\ndata: half\\n');
                  return place.id;
                })""".formatted(MODULE)).asText()).isEqualTo("5");
    }
}
