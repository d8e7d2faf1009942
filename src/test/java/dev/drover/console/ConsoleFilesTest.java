package dev.drover.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {
    private static final Path CONSOLE = Path.of("src/main/resources/console");
    private static final Path LIT = Path.of("lib/lit-html");
    private static final Pattern IMPORT = Pattern.compile("(?m)^(?:import|export)\\b[^;]*?from '([^']+)'");
    private static final Pattern PAGE = Pattern.compile("import\\('\\./(pages/[^']+)'\\)");

    /** What lit-html adds to every page, in bytes. */
    private static final long LIBRARY = 12_000;

    @Test
    void noPageBringsMoreThan200KilobytesOfScript() throws IOException {
        List<String> pages = pages();
        assertThat(pages).hasSizeGreaterThan(20);
        for (String page : pages) {
            Set<Path> all = new HashSet<>(needed(CONSOLE.resolve("js/main.js")));
            all.addAll(needed(CONSOLE.resolve("js/" + page)));
            long bytes = LIBRARY;
            for (Path each : all) {
                bytes += Files.size(each);
            }
            assertThat(bytes).as(page).isLessThanOrEqualTo(200_000);
        }
    }

    @Test
    void everyPageOfTheRouteTableIsThere() throws IOException {
        assertThat(pages())
                .allSatisfy(page -> assertThat(CONSOLE.resolve("js/" + page)).exists());
    }

    @Test
    void filesAndLinesStayShortAndNothingIsInline() throws IOException {
        for (Path file : files()) {
            List<String> lines = Files.readAllLines(file);
            String name = file.toString();
            assertThat(lines).as(name).hasSizeLessThanOrEqualTo(400);
            if (!name.endsWith(".js")) {
                continue;
            }
            assertThat(lines).as(name).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
            assertThat(String.join("\n", lines))
                    .as(name)
                    .doesNotContain("innerHTML", "unsafeHTML", "document.write", "eval(", "new Function", " style=\"");
            assertThat(lines.getFirst()).as(name + " says what it is").startsWith("// ");
        }
    }

    private static List<String> pages() throws IOException {
        return PAGE.matcher(Files.readString(CONSOLE.resolve("js/routes.js")))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** A module with all that it imports, and what these import; libraries are left out. */
    private static Set<Path> needed(Path module) throws IOException {
        Set<Path> found = new HashSet<>();
        Deque<Path> waiting = new ArrayDeque<>(List.of(module));
        while (!waiting.isEmpty()) {
            Path next = waiting.pop().normalize();
            if (CONSOLE.relativize(next).startsWith(LIT) || !found.add(next)) {
                continue;
            }
            IMPORT.matcher(Files.readString(next))
                    .results()
                    .forEach(each -> waiting.push(next.resolveSibling(each.group(1))));
        }
        return found;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(CONSOLE)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
