package dev.drover.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.id.AgentId;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SlugsTest {
    private static final AgentId ID = new AgentId(UUID.fromString("0190a000-0000-7000-8000-0123456789ab"));

    @ParameterizedTest
    @CsvSource({
        "My Research.Agent_1!!, my-research.agent_1",
        "scout, scout",
        "  Scout  , scout",
        "--a--b--, a-b",
        "...hidden, hidden",
        "_x, x",
        "Zoë & Co, zo-co",
        "'K9', k9",
        "a/../b, a-..-b",
        "Me, me-2",
        "SCHEDULER, scheduler-2",
        "0190A000-0000-7000-8000-0123456789AB, 0190a000-0000-7000-8000-0123456789ab-2"
    })
    void slugsFollowTheRuleForNames(String name, String slug) {
        assertThat(candidates(name).getFirst()).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!!", "日本語", "---", "...", "\u0130"})
    void anAgentWithoutAUsableNameIsCalledAfterItsIdentity(String name) {
        assertThat(candidates(name)).containsExactly("agent-0123456789ab");
    }

    @Property
    void everySlugFitsAPath(@ForAll String name) {
        assertThat(candidates(name))
                .allSatisfy(slug -> assertThat(slug)
                        .matches("[a-z0-9][a-z0-9_.-]{0,62}")
                        .doesNotEndWith("-")
                        .matches(fit -> !Agent.isReserved(fit), "is not reserved"));
    }

    @Test
    void aLongNameIsCutAndStillTold() {
        List<String> candidates = candidates("x".repeat(61) + " yz");
        assertThat(candidates.get(0)).isEqualTo("x".repeat(61) + "-y");
        assertThat(candidates.get(1)).isEqualTo("x".repeat(61) + "-2");
        assertThat(candidates.getLast()).isEqualTo("x".repeat(50) + "-0123456789ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"me", "scheduler", "context-stats", "0190A000-0000-7000-8000-0123456789ab"})
    void wordsThatPathsNeedAreReserved(String word) {
        assertThat(Agent.isReserved(word)).isTrue();
        assertThat(Agent.isReserved(word + "x")).isFalse();
    }

    private static List<String> candidates(String name) {
        return Agents.Slugs.candidates(name, ID).toList();
    }
}
