package dev.drover.testing;

import dev.drover.core.credential.LentSecrets;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.egress.NameResolver;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import dev.drover.core.tool.ToolContext;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Contexts for tools: a computer in a folder, and a way out to what is named and nowhere else. */
public final class TestingContext {
    /** Somebody whom no test knows. */
    public static final ToolContext.Behalf BEHALF =
            new ToolContext.Behalf(new UserId(new UUID(0, 1)), new AgentId(new UUID(0, 2)), null);

    private TestingContext() {}

    public static ToolContext in(Path folder) {
        return reaching(folder, host -> {
            throw new UnknownHostException(host);
        });
    }

    public static ToolContext reaching(Path folder, NameResolver names, String... allow) {
        return new ToolContext(
                new TestingComputer(folder),
                new EgressGuard(names, List.of(allow), List.of()),
                BEHALF,
                LentSecrets.NONE);
    }
}
