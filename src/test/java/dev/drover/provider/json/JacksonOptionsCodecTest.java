package dev.drover.provider.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.Json;
import dev.drover.core.egress.Network;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.run.Brief;
import dev.drover.core.run.RunFile;
import dev.drover.core.run.RunMemory;
import dev.drover.core.run.RunOptions;
import dev.drover.core.run.RunWebhook;
import dev.drover.core.tool.ToolGrant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JacksonOptionsCodecTest {
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private final JacksonOptionsCodec codec = new JacksonOptionsCodec();

    private static RunOptions all(Network network) {
        return new RunOptions(
                60,
                7,
                List.of("shell_*"),
                network,
                new Json("{\"type\":\"object\"}"),
                new RunMemory(false, true, "shop"),
                Map.of("customer", "42"),
                List.of(new RunFile("a.txt", new RunFile.Source.Given(new byte[] {1}))),
                List.of("API_KEY"),
                List.of("out/*.csv"),
                new RunWebhook(
                        "https://example.com/hook", List.of("agent.completed"), SECRET, RunWebhook.Form.NOTICES));
    }

    @Test
    void readsWhatItWrote() {
        for (Network network : List.of(
                new Network.Full(), new Network.None(), new Network.Allow(List.of("a.example", "*.b.example")))) {
            RunOptions options = all(network);
            assertThat(codec.read(codec.write(options))).isEqualTo(options.kept());
        }
        assertThat(codec.read(codec.write(RunOptions.NONE))).isEqualTo(RunOptions.NONE);
    }

    @Test
    void readsBackABrief() {
        Brief whole = new Brief(
                "102/some-model",
                10,
                500,
                List.of(
                        new ToolGrant.OfScenario(new ScenarioId(7), true),
                        new ToolGrant.OfServer(new ConnectionId(8), List.of("search"))),
                300,
                Duration.ofMillis(1_501),
                "claude-code");
        assertThat(codec.readBrief(codec.write(whole))).isEqualTo(whole);
        Brief bare = new Brief("jettson-6.0", 0, null, null, 1, Duration.ofMinutes(5));
        assertThat(codec.readBrief(codec.write(bare))).isEqualTo(bare);
    }

    @Test
    void keepsNeitherFilesNorTheSecretThatSigns() {
        String stored = codec.write(all(new Network.Full())).text();
        assertThat(stored).doesNotContain("whsec_").doesNotContain("a.txt");
    }

    @Test
    void readsWhatWasWrittenBeforeThereWereCallbacks() {
        RunOptions options = all(new Network.Full());
        String stored = codec.write(options).text();
        assertThat(codec.read(new Json(stored.replace(",\"form\":\"NOTICES\"", ""))))
                .isEqualTo(options.kept());
        assertThat(stored).contains(",\"form\":\"NOTICES\"");
    }

    @Test
    void readsWhatALaterVersionWrote() {
        String stored = codec.write(RunOptions.NONE).text();
        assertThat(codec.read(new Json(stored.replaceFirst("\\{", "{\"later\":1,"))))
                .isEqualTo(RunOptions.NONE);
    }
}
