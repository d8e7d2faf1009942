package dev.drover.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tells at the end of all tests how many of their runs were replayed, and what was left out. */
public final class ReplayTally implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store root = context.getRoot().getStore(ExtensionContext.Namespace.create(ReplayTally.class));
        root.computeIfAbsent("tally", _ -> (AutoCloseable) TestingReplays::tell);
    }
}
