package dev.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import org.junit.jupiter.api.Test;

/** What a model does as well whose vendor carries tool arguments as text, so that they may be broken. */
public interface TextArgumentsContract extends LanguageModelContract {
    @Test
    default void brokenArgumentsArePassedOnAndDoNotBreakTheNextRequest() throws Exception {
        try (var server = ScriptedModelServer.start(
                Script.byTurn(Turn.call("jettson_shell_run", "{\"command\": \"ls"), Turn.text("sorry")))) {
            LanguageModel model = model(server.baseUrl(), PATIENCE);
            Prompt first = LanguageModelContract.prompt("do it");
            Reply broken = model.ask(first, _ -> {});
            Reply last = model.ask(LanguageModelContract.followed(first, broken), _ -> {});

            assertThat(broken.calls().getFirst().input().text()).isEqualTo("{\"command\": \"ls");
            assertThat(broken.stop()).isEqualTo(Reply.Stop.TOOLS);
            assertThat(last.text()).isEqualTo("sorry");
        }
    }
}
