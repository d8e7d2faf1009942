package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.make.MakeContexts;
import dev.drover.api.make.MakeTeam;
import dev.drover.core.agent.AgentStore;
import dev.drover.core.agent.Agents;
import dev.drover.core.audit.Audit;
import dev.drover.core.context.ContextHouse;
import dev.drover.core.context.ContextLimits;
import dev.drover.core.context.ContextStore;
import dev.drover.core.context.Contexts;
import dev.drover.core.context.Lookup;
import dev.drover.core.context.PieceStore;
import dev.drover.core.context.PieceVectors;
import dev.drover.core.context.References;
import dev.drover.core.id.Ids;
import dev.drover.core.memory.MemoryRoom;
import dev.drover.provider.document.DocumentReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Files that agents look things up in: how they are managed, and what runs ask. */
record ContextRoom(Contexts contexts, References references) {
    /** With room for what a form says beside its file; the server takes no body beyond that. */
    private static final int LARGEST_FILE = 31;

    private static final Duration SWEEP = Duration.ofMinutes(10);
    private static final Duration LOOK_FOR_OWED = Duration.ofMinutes(1);

    static ContextLimits limits(Given given) {
        ContextLimits usual = ContextLimits.USUAL;
        return new ContextLimits(
                given.within("DROVER_CONTEXT_FILE_MB", 1, LARGEST_FILE, usual.fileMegabytes()),
                given.count("DROVER_CONTEXTS_PER_AGENT", false).orElse(usual.perAgent()),
                given.count("DROVER_CONTEXTS_PER_TEAM", false).orElse(usual.perTeam()));
    }

    static ContextRoom open(
            Settings settings, Ground ground, MemorySetup remembering, Audit audit, Ids ids, Closing closing) {
        MemoryRoom memory = remembering.room();
        Clock clock = remembering.clock();
        var jdbi = ground.database().jdbi();
        PieceStore pieces = new PieceStore(jdbi);
        ContextHouse house = new ContextHouse(
                new ContextStore(jdbi),
                pieces,
                new Agents(new AgentStore(jdbi), ids, clock),
                ground.database(),
                audit,
                ids,
                clock);
        PieceVectors vectors = closing.with(new PieceVectors(pieces, memory, ground.database(), clock));
        Contexts contexts = new Contexts(
                house,
                new DocumentReader(settings.contexts().fileBytes()),
                settings.contexts(),
                vectors,
                memory.embeddings().window());
        ground.clockwork().every("temporary-contexts", SWEEP, contexts::sweep);
        ground.clockwork().every("context-vectors", LOOK_FOR_OWED, vectors::wake);
        vectors.start();
        return new ContextRoom(contexts, new Lookup(pieces, memory));
    }

    List<Route> routes(MakeTeam team) {
        return Routes.makeContexts(new MakeContexts(contexts, team));
    }
}
