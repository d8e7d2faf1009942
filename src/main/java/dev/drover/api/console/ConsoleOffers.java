package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Operation;
import dev.drover.core.overview.Offers;

/** What whoever gives a task may choose from. */
public final class ConsoleOffers {
    private final Offers offers;

    public ConsoleOffers(Offers offers) {
        this.offers = offers;
    }

    public Operation models() {
        return Operation.of(
                        "List the models that a task may name, the usual one first",
                        call -> Answer.ok(new ConsoleModel.All(offers.models(call.caller()).stream()
                                .map(ConsoleModel::of)
                                .toList())))
                .answers(200, ConsoleModel.All.class);
    }

    public Operation tools() {
        return Operation.of(
                        "List the tools that a task may name",
                        _ -> Answer.ok(new ConsoleTool.All(
                                offers.tools().stream().map(ConsoleTool::of).toList())))
                .answers(200, ConsoleTool.All.class);
    }
}
