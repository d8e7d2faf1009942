package dev.drover.core.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MaskTest {
    private static final String VALUE = "sk-\"quoted\"\\4711/äöü+x";

    private final Mask mask = new Mask(Map.of("TOKEN", VALUE, "PIN", "1234567", "OTHER", "hunter2hunter2"));

    @Test
    void hidesAValueWhereverItStands() {
        assertThat(mask.hide("a hunter2hunter2, hunter2hunter2")).isEqualTo("a ***OTHER***, ***OTHER***");
        assertThat(mask.hide(VALUE + VALUE)).isEqualTo("***TOKEN******TOKEN***");
        assertThat(mask.hide("hunter2hunter")).isEqualTo("hunter2hunter");
    }

    @Test
    void leavesValuesOfLessThanEightCharacters() {
        assertThat(mask.hide("1234567")).isEqualTo("1234567");
        assertThat(new Mask(Map.of("PIN", "12345678")).hide("12345678")).isEqualTo("***PIN***");
    }

    @Test
    void knowsAValueInOtherSpellings() {
        String json = Json.quote(VALUE);
        assertThat(mask.hide(json)).isEqualTo("\"***TOKEN***\"");
        assertThat(mask.hide(new Json("{\"a\":" + json + "}")).text()).isEqualTo("{\"a\":\"***TOKEN***\"}");
        assertThat(mask.hide(new Json(Json.quote("{\"a\":" + json + "}"))).text())
                .contains("***TOKEN***");
        assertThat(mask.hide(new Json(Json.quote(Json.quote(json)))).text()).contains("***TOKEN***");
        assertThat(mask.hide("q=" + URLEncoder.encode(VALUE, StandardCharsets.UTF_8)))
                .isEqualTo("q=***TOKEN***");
        for (String before : new String[] {"", "u", "us", "use", "user:"}) {
            byte[] bytes = (before + VALUE + "!").getBytes(StandardCharsets.UTF_8);
            assertThat(mask.hide(Base64.getEncoder().encodeToString(bytes)))
                    .as(before)
                    .contains("***TOKEN***");
        }
    }

    @Test
    void leavesJsonThatCanBeRead() {
        Mask odd = new Mask(Map.of("ODD", "nabcdefgh", "PARTS", "\":\"xxxxxxx"));

        Json json = new Json("{\"a\":\"\\nabcdefgh\",\"b\":\"xxxxxxx\"}");
        assertThat(odd.hide(json)).isSameAs(json);
    }

    @Test
    void leavesWhatIsMasked() {
        Mask self = new Mask(Map.of("MY_PASSWORD", "PASSWORD"));
        String once = self.hide("the PASSWORD");
        assertThat(once).isEqualTo("the ***MY_PASSWORD***");
        assertThat(self.hide(once)).isEqualTo(once);
    }

    @Test
    void hidesValuesThatOverlapTogether() {
        Mask two = new Mask(Map.of("ONE", "abcdefgh", "TWO", "efghijkl", "LONG", "abcdefghijklmnop"));
        assertThat(two.hide("<abcdefghijkl>")).isEqualTo("<***ONE***>");
        assertThat(two.hide("<abcdefghijklmnop>")).isEqualTo("<***LONG***>");
    }

    @Test
    void holdsBackWhatMayBeTheBeginningOfAValue() {
        assertThat(mask.settled("nothing of it")).isEqualTo(13);
        assertThat(mask.settled("look: hunter2h")).isEqualTo(6);
        assertThat(mask.settled("look: hunter2hunter2")).isEqualTo(6);
        assertThat(mask.settled("x hunter2hunter2 and hunt")).isEqualTo(21);
        String stream = "say hunter2hunter2 and " + VALUE + " twice hunter2hunter";
        for (int size = 1; size < 30; size++) {
            assertThat(streamed(stream, size)).as("pieces of " + size).isEqualTo(mask.hide(stream));
        }
    }

    private String streamed(String text, int size) {
        StringBuilder held = new StringBuilder();
        StringBuilder shown = new StringBuilder();
        for (int from = 0; from < text.length(); from += size) {
            held.append(text, from, Math.min(text.length(), from + size));
            int settled = mask.settled(held.toString());
            shown.append(mask.hide(held.substring(0, settled)));
            held.delete(0, settled);
        }
        return shown.append(mask.hide(held.toString())).toString();
    }
}
