package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Worded;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that does not fit its schema, item by item (contract, section 2.1). */
record TrinityMisfit(List<Item> detail) {
    /**
     * One thing that does not fit.
     *
     * @param loc where: {@code body} or {@code query}, then field names
     * @param input the offending value, null when there was none
     */
    record Item(
            String type,
            List<Object> loc,
            String msg,
            @Nullable Object input,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> ctx) {
        static Item missing(String field) {
            return new Item("missing", List.of("body", field), "Field required", null, null);
        }

        static Item of(String type, List<Object> loc, String msg) {
            return new Item(type, loc, msg, null, null);
        }
    }

    static Worded refusal(List<Item> items) {
        return new Worded(answer(items));
    }

    static Answer answer(List<Item> items) {
        return Answer.json(422, new TrinityMisfit(items));
    }

    static Answer answer(Item item) {
        return answer(List.of(item));
    }
}
