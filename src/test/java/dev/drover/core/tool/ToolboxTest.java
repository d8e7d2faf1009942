package dev.drover.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Json;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.ToolOffer;
import dev.drover.provider.json.JacksonTrimmer;
import dev.drover.provider.json.NetworkntSchemas;
import dev.drover.testing.TestingContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolboxTest {
    private static final Json FITTING = new Json("{\"text\":\"x\"}");

    private final ToolContext context = TestingContext.in(Path.of("."));

    @Test
    void offersItsToolsUnderThePrefix() {
        Toolbox toolbox =
                toolbox(new TestingTool("one", true, input -> input), new TestingTool("two", true, input -> input));
        assertThat(toolbox.offers()).extracting(ToolOffer::name).containsExactly("jettson_one", "jettson_two");
        assertThat(toolbox.offers().getFirst().inputSchema().text()).contains("required");
    }

    @Test
    void givesTheOutputOfATool() throws InterruptedException {
        ToolResult result = run(input -> new Json("{\"done\":true}"), FITTING);
        assertThat(result).isEqualTo(new ToolResult(new Json("{\"done\":true}"), false));
    }

    @Test
    void framesARefusal() throws InterruptedException {
        assertError(
                run(
                        input -> {
                            throw ToolRefusal.rejected("it is \"bad\"");
                        },
                        FITTING),
                "Jettson Shell rejected the command: it is \\\"bad\\\"");
    }

    @Test
    void framesAFailure() throws InterruptedException {
        assertError(
                run(
                        input -> {
                            throw ToolRefusal.failed("no luck");
                        },
                        FITTING),
                "Jettson Shell failed: no luck");
    }

    @Test
    void hidesWhatBrokeInside() throws InterruptedException {
        ToolResult result = run(
                input -> {
                    throw new IllegalStateException("/secret/path");
                },
                FITTING);
        assertError(result, "Jettson Shell failed: an internal error, which is in the server's log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "[]", "null", "{}", "{\"text\":1}", "{\"text\":\"x\"} trailing"})
    void rejectsInputThatDoesNotFit(String input) throws InterruptedException {
        ToolResult result = run(
                fitting -> {
                    throw new AssertionError("must not run");
                },
                new Json(input));
        assertThat(result.isError()).isTrue();
        assertThat(result.output().text()).startsWith("{\"error\":\"Jettson Shell rejected the command: ");
    }

    @Test
    void namesItsToolsToAModelThatAsksForAnother() throws InterruptedException {
        Toolbox toolbox = toolbox(new TestingTool("one", false, input -> input));
        assertError(
                toolbox.run(new ToolCall("1", "one", FITTING), context),
                "Jettson has no tool 'one'; its tools are: jettson_one");
    }

    @Test
    void passesAnInterruptOn() {
        assertThatThrownBy(() -> run(
                        input -> {
                            throw new InterruptedException();
                        },
                        FITTING))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void boundsWhatTheModelGets() throws InterruptedException {
        ToolResult result = run(input -> new Json("{\"text\":\"" + "ä".repeat(5_000_000) + "\"}"), FITTING);
        assertThat(result.isError()).isFalse();
        assertThat(result.output().text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(100_000, ToolResult.LIMIT);
    }

    @Test
    void boundsAnErrorToo() throws InterruptedException {
        ToolResult result = run(
                input -> {
                    throw ToolRefusal.failed("x".repeat(1_000_000));
                },
                FITTING);
        assertThat(result.output().text()).hasSizeLessThan(5_000);
    }

    @Test
    void repeatsOnlyWhatTheToolLetsOrWhatWouldBeRefusedAnyway() {
        Toolbox toolbox = toolbox(
                new TestingTool("safe", true, input -> input), new TestingTool("unsafe", false, input -> input));
        assertThat(toolbox.repeatable(new ToolCall("1", "jettson_safe", FITTING)))
                .isTrue();
        assertThat(toolbox.repeatable(new ToolCall("1", "jettson_unsafe", FITTING)))
                .isFalse();
        assertThat(toolbox.repeatable(new ToolCall("1", "jettson_unsafe", new Json("nonsense"))))
                .isTrue();
        assertThat(toolbox.repeatable(new ToolCall("1", "unknown", FITTING))).isTrue();
    }

    private ToolResult run(TestingTool.Work work, Json input) throws InterruptedException {
        return toolbox(new TestingTool("one", false, work)).run(new ToolCall("1", "jettson_one", input), context);
    }

    private static Toolbox toolbox(Tool... tools) {
        return new Toolbox(List.of(tools), ToolStyle.JETTSON, new NetworkntSchemas(), new JacksonTrimmer());
    }

    private static void assertError(ToolResult result, String message) {
        assertThat(result).isEqualTo(new ToolResult(new Json("{\"error\":\"" + message + "\"}"), true));
    }
}
