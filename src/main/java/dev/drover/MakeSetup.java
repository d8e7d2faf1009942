package dev.drover;

import dev.drover.api.Routes;
import dev.drover.api.http.Route;
import dev.drover.api.make.MakeAccount;
import dev.drover.api.make.MakeAgents;
import dev.drover.api.make.MakeRuns;
import dev.drover.api.make.MakeTeam;
import dev.drover.api.make.MakeThreads;
import dev.drover.core.conversation.ConversationRoom;
import dev.drover.core.conversation.Conversations;
import dev.drover.core.conversation.SettingsStore;
import dev.drover.core.conversation.Talks;
import dev.drover.core.conversation.ThreadStore;
import dev.drover.core.credential.Vault;
import dev.drover.core.run.RunRoom;
import dev.drover.core.run.Runs;
import dev.drover.core.usage.RequestRate;
import dev.drover.core.usage.RequestStore;
import dev.drover.provider.json.JacksonSettings;
import java.util.ArrayList;
import java.util.List;

/** What users make of agents themselves, and how the Make dialect speaks of it. */
record MakeSetup(Settings settings, ConnectionRoom connections, ScenarioSetup scenarios, ContextRoom contexts) {
    static MakeSetup open(WorkshopSetup house, Ground ground, Vault vault, Book book, Closing closing) {
        Settings settings = house.settings();
        ConnectionRoom connections =
                ConnectionRoom.open(settings, ground, vault, house.guard(), book.audit(), book.clock());
        ScenarioSetup scenarios = ScenarioSetup.open(
                ground, connections.connections(), house.toolbox(), house.schemas(), house.guard(), book);
        ContextRoom contexts = ContextRoom.open(settings, ground, house.memory(), book.audit(), book.ids(), closing);
        return new MakeSetup(settings, connections, scenarios, contexts);
    }

    List<Route> routes(RunRoom room, Runs runs, Ground ground, Closing closing) {
        MakeTeam team = new MakeTeam(new RequestRate(
                settings.requestsPerMinute(),
                new RequestStore(ground.database().jdbi()),
                room.workshop().clock()));
        List<Route> routes = new ArrayList<>(Routes.makeAccount(new MakeAccount(
                team, settings.requestsPerMinute(), settings.plan().word(), settings.timeZone())));
        routes.addAll(connections.routes(team));
        routes.addAll(scenarios.routes(team, room.workshop(), closing));
        routes.addAll(contexts.routes(team));
        ConversationRoom talking = talking(room, runs, ground);
        Conversations agents = new Conversations(talking);
        room.agents().whenDeleted(agents::forget);
        Talks talks = new Talks(talking, agents);
        routes.addAll(Routes.makeAgents(
                new MakeAgents(agents, scenarios.grants(), team),
                new MakeRuns(talks, runs, settings.runWait(), team),
                new MakeThreads(talks, team)));
        return routes;
    }

    private ConversationRoom talking(RunRoom room, Runs runs, Ground ground) {
        var jdbi = ground.database().jdbi();
        return new ConversationRoom(
                new SettingsStore(jdbi, new JacksonSettings()),
                new ThreadStore(jdbi),
                room.agents(),
                runs,
                room.workshop().profiles(),
                connections.models(),
                scenarios.grants(),
                contexts.contexts(),
                ground.database(),
                room.audit(),
                room.workshop().clock(),
                settings.timeZone());
    }
}
