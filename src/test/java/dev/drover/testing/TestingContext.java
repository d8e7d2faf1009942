package dev.drover.testing;

import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.NameResolver;
import dev.drover.core.tool.ToolContext;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/** Contexts for tools: a computer in a folder, and a way out to what is named and nowhere else. */
public final class TestingContext {
    private TestingContext() {}

    public static ToolContext in(Path folder) {
        return reaching(folder, host -> {
            throw new UnknownHostException(host);
        });
    }

    public static ToolContext reaching(Path folder, NameResolver names, String... allow) {
        return new ToolContext(
                new TestingComputer(folder), new EgressGuard(names, List.of(allow), List.of()), LentSecrets.NONE);
    }
}
