package dev.drover.core.tool;

import dev.drover.core.id.UserId;
import java.util.List;
import java.util.function.Consumer;

/** Tools that users made themselves, beside those of the server. */
@FunctionalInterface
public interface ToolSource {
    ToolSource NONE = (owner, granted) -> List.of();

    /**
     * The tools granted, as they are now, under names that a model may call and no two share; what was deleted since
     * is left out.
     */
    List<Tool> of(UserId owner, List<ToolGrant> granted) throws InterruptedException;

    /** The same, telling for people, sentence by sentence, what could not be given and why. */
    default List<Tool> of(UserId owner, List<ToolGrant> granted, Consumer<String> missing) throws InterruptedException {
        return of(owner, granted);
    }
}
