package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.Routes;
import dev.drover.api.console.ConsoleMemory;
import dev.drover.api.http.Route;
import dev.drover.api.jettson.JettsonMemory;
import dev.drover.api.jettson.JettsonPool;
import dev.drover.core.id.Ids;
import dev.drover.core.memory.Archive;
import dev.drover.core.memory.ArchiveStore;
import dev.drover.core.memory.Consolidation;
import dev.drover.core.memory.Dedupe;
import dev.drover.core.memory.EmbeddingStore;
import dev.drover.core.memory.Learning;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.MemoryRoom;
import dev.drover.core.memory.MemoryStore;
import dev.drover.core.memory.Quota;
import dev.drover.core.memory.Recollection;
import dev.drover.core.memory.Remembrance;
import dev.drover.core.memory.Search;
import dev.drover.core.memory.Transfer;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.tool.Tool;
import dev.drover.core.usage.Plan;
import dev.drover.provider.json.JacksonFacts;
import dev.drover.provider.tool.memory.DeleteTool;
import dev.drover.provider.tool.memory.GetTool;
import dev.drover.provider.tool.memory.ListTool;
import dev.drover.provider.tool.memory.PutTool;
import dev.drover.provider.tool.memory.SearchTool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is remembered between runs, for agents, for runs themselves, and by API. */
record MemorySetup(
        MemoryRoom room,
        Memories memories,
        Search search,
        Archive archive,
        Remembrance forRuns,
        MemoryChoice choice,
        Clock clock) {
    private static final Duration LOOK_FOR_OWED = Duration.ofMinutes(1);
    private static final Duration PURGE = Duration.ofHours(1);

    static MemorySetup open(Settings settings, Ground ground, Ids ids, Clock clock, Closing closing) {
        var jdbi = ground.database().jdbi();
        Plan plan = settings.plan();
        MemoryChoice choice = settings.memory();
        MemoryRoom room = closing.with(new MemoryRoom(
                new MemoryRoom.Stores(new MemoryStore(jdbi), new EmbeddingStore(jdbi)),
                ground.database(),
                choice.embedder(ground.folder().path()),
                new Quota(plan.word(), plan.memories()),
                ids,
                clock));
        Memories memories = new Memories(room);
        Search search = new Search(room);
        Learning learning = closing.with(new Learning(memories, new JacksonFacts()));
        ground.clockwork().every("memory-vectors", LOOK_FOR_OWED, room::catchUp);
        ground.clockwork().every("memory-purge", PURGE, memories::purge);
        room.start();
        Remembrance forRuns = new Recollection(room, search, learning, choice.recall());
        Archive archive = new Archive(new ArchiveStore(jdbi), clock);
        return new MemorySetup(room, memories, search, archive, forRuns, choice, clock);
    }

    List<Tool> tools() {
        return List.of(
                new PutTool(memories, clock),
                new GetTool(memories),
                new SearchTool(search),
                new ListTool(memories),
                new DeleteTool(memories));
    }

    List<Route> routes(ModelProfiles profiles) {
        Consolidation consolidation = new Consolidation(room, memories, profiles.usual());
        List<Route> routes = new ArrayList<>(Routes.jettsonMemory(
                new JettsonMemory(memories, search, clock),
                new JettsonPool(
                        new Dedupe(room, choice.dedupeCosine()), consolidation, new Transfer(room, memories), clock)));
        routes.addAll(ConsoleRoutes.memory(new ConsoleMemory(archive)));
        return routes;
    }
}
