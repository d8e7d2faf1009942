package dev.drover.core.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.computer.Glob;
import dev.drover.core.computer.Workspace.WriteRefused;
import dev.drover.core.computer.WriteRule;
import dev.drover.testing.TestingComputer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadOnlyRuleTest {
    @TempDir
    Path folder;

    private final ReadOnlyRule usual = new ReadOnlyRule(MachineSettings.ReadOnly.USUAL);

    @ParameterizedTest
    @CsvSource({
        "content/a.md, true",
        "content/deep/er/main.py, true",
        "./content//x, true",
        "content/../main.py, false",
        "content/../output/x, true",
        "../content/x, false",
        "/content/x, false",
        "content, false",
        "contents/x, false",
        "my/content/x, false",
        "main.py, false",
        "unknown.bin, false",
        "run.log, true",
        "deep/run.log, true",
        "run.log/main.py, false",
        "notes.txt, true",
        ".trinity/operator-queue.json, true",
        ".trinity/other.json, false",
        ".env, false",
        "., false",
        "'', false"
    })
    void allowsWhatAPatternNamesAndNothingElse(String path, boolean allowed) {
        assertThat(usual.allows(path)).isEqualTo(allowed);
    }

    @Test
    void saysWhatIsRefusedAndWhatIsNot() {
        assertThatThrownBy(() -> usual.judge("main.py"))
                .isInstanceOf(WriteRefused.class)
                .hasMessageStartingWith("'main.py' cannot be changed: the agent is read-only and *.py is blocked;")
                .hasMessageContaining("content/*, output/*");
        assertThatThrownBy(() -> new ReadOnlyRule(new MachineSettings.ReadOnly(List.of(), List.of())).judge("a.bin"))
                .hasMessage("'a.bin' cannot be changed: the agent is read-only; what may be written is nothing");
        assertThatCode(() -> usual.judge("output/x")).doesNotThrowAnyException();
    }

    @Test
    void holdsOnlyWhileTheMachineIsReadOnly() {
        MachineSettings open = MachineSettings.USUAL;
        MachineSettings closed = open.readOnly(true, null);

        assertThat(ReadOnlyRule.of(open)).isSameAs(WriteRule.ALL);
        assertThatThrownBy(() -> ReadOnlyRule.of(closed).judge("main.py")).isInstanceOf(WriteRefused.class);
    }

    @Test
    void allowedWinsOverBlocked() {
        ReadOnlyRule rule = new ReadOnlyRule(new MachineSettings.ReadOnly(List.of("*.py"), List.of("tools/*")));

        assertThat(rule.allows("tools/x.py")).isTrue();
        assertThat(rule.allows("x.py")).isFalse();
    }

    @Test
    void listsFoldersAndTheFilesThatAreThere() throws Exception {
        try (TestingComputer computer = new TestingComputer(folder)) {
            for (String path : List.of("a.txt", "deep/b.log", "content/c.txt", "main.py", ".trinity/other.json")) {
                computer.workspace().write(path, new byte[1]);
            }

            assertThat(usual.writable(Optional.of(computer.workspace())))
                    .startsWith("content/", "output/", "reports/", "exports/")
                    .containsExactlyInAnyOrder("content/", "output/", "reports/", "exports/", "a.txt", "deep/b.log");
        }
    }

    @Test
    void takesOnlyPlainFoldersOfTheHomeAsFolders() throws Exception {
        ReadOnlyRule rule = new ReadOnlyRule(new MachineSettings.ReadOnly(
                List.of(), List.of("../up/*", "/etc/*", "a*/*", "x/../y/*", "./z/**", "/*", "../*")));
        try (TestingComputer computer = new TestingComputer(folder)) {
            assertThat(rule.writable(Optional.of(computer.workspace()))).containsExactly("y/", "z/");
        }
    }

    @Test
    void matchesAsARegularExpressionWould() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, "ab*?/[c]".toCharArray(), 6).replaceAll("\\[[^c]?", "[c]");
            String text = word(random, "abc/".toCharArray(), 7);

            assertThat(new Glob(pattern).matches(text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(Pattern.matches(regex(pattern), text));
        }
    }

    @Test
    void takesLittleTimeForManyStars() {
        assertThat(new Glob("*a".repeat(500) + "b").matches("a".repeat(4000))).isFalse();
    }

    @Test
    void knowsSetsAndRanges() {
        assertThat(new Glob("[a-c]x").matches("bx")).isTrue();
        assertThat(new Glob("[!a-c]x").matches("bx")).isFalse();
        assertThat(new Glob("[!a-c]x").matches("dx")).isTrue();
        assertThat(new Glob("[]]x").matches("]x")).isTrue();
        assertThat(new Glob("[x").matches("[x")).isTrue();
    }

    private static String word(Random random, char[] letters, int longest) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(longest); length > 0; length--) {
            word.append(letters[random.nextInt(letters.length)]);
        }
        return word.toString();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("[c]", i)) {
                regex.append('c');
                i += 2;
            } else {
                char here = glob.charAt(i);
                regex.append(here == '*' ? ".*" : here == '?' ? "." : Pattern.quote(String.valueOf(here)));
            }
        }
        return regex.toString();
    }
}
