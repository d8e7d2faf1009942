package dev.drover.api.console;

import dev.drover.core.overview.Offers;
import dev.drover.core.usage.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that a task may name.
 *
 * @param name what a task names
 * @param isDefault whether tasks that name none get it
 * @param reasons false when it only follows fixed steps
 * @param connectionId null for the server's own
 * @param price null when nobody knows it
 */
record ConsoleModel(
        String name,
        String vendor,
        String model,
        boolean isDefault,
        boolean reasons,
        @Nullable Integer connectionId,
        @Nullable String connection,
        int contextTokens,
        int maxOutputTokens,
        @Nullable Rates price) {
    static ConsoleModel of(Offers.Model model) {
        Price price = model.price();
        return new ConsoleModel(
                model.profile(),
                model.vendor(),
                model.model(),
                model.usual(),
                model.reasons(),
                model.connection() == null ? null : model.connection().value(),
                model.connectionName(),
                model.contextTokens(),
                model.outputTokens(),
                price == null ? null : Rates.of(price));
    }

    /** Dollars for a million tokens. */
    record Rates(double inputUsd, double cachedInputUsd, double outputUsd) {
        static Rates of(Price price) {
            return new Rates(
                    price.rates().input().doubleValue(),
                    price.rates().cached().doubleValue(),
                    price.rates().output().doubleValue());
        }
    }

    /** All of them, the usual one first. */
    record All(List<ConsoleModel> data) {}
}
