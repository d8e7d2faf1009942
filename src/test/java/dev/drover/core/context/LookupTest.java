package dev.drover.core.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.access.Caller;
import dev.drover.core.id.AgentId;
import dev.drover.core.memory.NoEmbedder;
import dev.drover.provider.embedding.minilm.MiniLmEmbedder;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingFolders;
import dev.drover.testing.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class LookupTest {
    private static final Path FOLDER = TestingFolders.create();
    private static final TestingDatabase DATABASE = TestingDatabase.create();
    private static final TestingClock CLOCK = new TestingClock("2026-05-14T18:00:00Z");
    private static final TestingContexts NODE = node();

    /** What people ask, and the word that only the right passage has. */
    private static final Map<String, String> QUESTIONS = Map.of(
            "Can I send something back that I bought?", "PASSAGE-1",
            "How long does delivery abroad take?", "PASSAGE-2",
            "My screen stays black when I switch it on", "PASSAGE-3",
            "Is the lamp safe in the bathroom?", "PASSAGE-4",
            "Who do I call at the weekend?", "PASSAGE-5",
            "error E-4711", "PASSAGE-6",
            "paying in instalments", "PASSAGE-7",
            "Do you have a shop in Vienna?", "PASSAGE-8");

    private static final List<String> PASSAGES = List.of(
            "PASSAGE-1. Returns: any article may be returned within thirty days; we refund the full price.",
            "PASSAGE-2. International shipping: parcels to other countries arrive after five to nine working days.",
            "PASSAGE-3. Troubleshooting the display: if nothing is shown after power on, hold the reset key.",
            "PASSAGE-4. Protection class: the luminaire is splash-proof (IP44) and may be used in wet rooms.",
            "PASSAGE-5. Hotline: on Saturdays and Sundays our emergency service answers under 0800 555.",
            "PASSAGE-6. Code E-4711 means that the filter is blocked and must be rinsed.",
            "PASSAGE-7. Financing: the amount can be split into twelve monthly rates without interest.",
            "PASSAGE-8. Branches: you find our stores in Linz, Graz and at Mariahilfer Strasse in Vienna.");

    private static TestingContexts node() {
        return new TestingContexts(DATABASE, CLOCK, ContextLimits.USUAL, new MiniLmEmbedder(FOLDER.resolve("native")))
                .started();
    }

    @AfterAll
    static void close() {
        NODE.close();
        DATABASE.close();
        TestingFolders.delete(FOLDER);
    }

    @Test
    void findsTheRightPassageAmongFive() {
        Caller caller = NODE.newCaller();
        AgentId agent = NODE.newAgent(caller);
        NODE.add(caller, agent, "noise.txt", noise());
        // Each in a piece of its own, with what usually stands around it.
        for (String passage : PASSAGES) {
            NODE.add(caller, agent, "manual.txt", passage + "\n\n" + noise().substring(0, 300));
        }
        Waiting.until(() -> NODE.owed() == 0);
        QUESTIONS.forEach((question, right) -> assertThat(NODE.about(agent, question))
                .as(question)
                .hasSizeLessThanOrEqualTo(5)
                .anySatisfy(excerpt -> assertThat(excerpt.text()).contains(right)));
    }

    @Test
    void findsByWordsBeforeThereAreVectorsAndAfterTheModelIsLost() {
        Caller caller = NODE.newCaller();
        AgentId agent = NODE.newAgent(caller);
        assertThat(NODE.about(agent, "anything")).isEmpty();
        NODE.add(caller, agent, "codes.csv", "code,meaning\nE-4711,filter blocked\n");
        assertThat(NODE.about(agent, "what is E-4711?"))
                .singleElement()
                .isEqualTo(new Excerpt("codes.csv", "code,meaning\nE-4711,filter blocked"));
        assertThat(NODE.about(agent, " ")).isEmpty();
        try (TestingContexts other = new TestingContexts(DATABASE, CLOCK, ContextLimits.USUAL, new NoEmbedder())) {
            assertThat(other.about(agent, "filter")).hasSize(1);
            NODE.add(caller, agent, "new.txt", "The filter is rinsed on the other node");
            assertThat(other.about(agent, "filter rinsed").getFirst().document())
                    .isEqualTo("new.txt");
        }
    }

    @Test
    void cutsLongFilesIntoPiecesThatOverlap() {
        Caller caller = NODE.newCaller();
        AgentId agent = NODE.newAgent(caller);
        String text = IntStream.range(0, 20_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        NODE.add(caller, agent, "long.txt", text);
        for (int i = 0; i < 20_000; i += 499) {
            String both = "word" + i + " word" + (i + 1);
            assertThat(NODE.about(agent, "word" + i))
                    .as(both)
                    .anySatisfy(excerpt -> assertThat(excerpt.text()).contains(both))
                    .allSatisfy(excerpt -> assertThat(excerpt.text()).hasSizeLessThanOrEqualTo(Cutter.LONGEST_PIECE));
        }
    }

    private static String noise() {
        return IntStream.range(0, 300)
                .mapToObj(
                        i -> "In the year " + (1000 + i) + " the harvest of the village was written down by the clerk "
                                + i + ", who noted wheat, barley and the weather of every week with great care.")
                .collect(Collectors.joining("\n"));
    }
}
