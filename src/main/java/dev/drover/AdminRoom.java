package dev.drover;

import dev.drover.api.ConsoleRoutes;
import dev.drover.api.console.ConsoleAudit;
import dev.drover.api.console.ConsoleCheck;
import dev.drover.api.console.ConsoleDoctor;
import dev.drover.api.console.ConsolePlan;
import dev.drover.api.console.ConsoleSettings;
import dev.drover.api.http.Route;
import dev.drover.core.health.Check;
import dev.drover.core.health.Doctor;
import dev.drover.core.health.Finding;
import dev.drover.core.health.Host;
import dev.drover.core.health.QueueStore;
import dev.drover.core.health.Queues;
import dev.drover.core.memory.Embeddings;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.model.ModelProfiles;
import dev.drover.core.run.AccountUsages;
import dev.drover.core.skill.LibrarySync;
import dev.drover.provider.database.DatabaseCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What those look at who keep a server running: its health, its book, its plan, its settings. */
record AdminRoom(ComputerChoice computers, MemorySetup memory, WhySetup why) {
    List<Route> routes(Core core) {
        List<Route> routes = new ArrayList<>(why.routes());
        routes.addAll(ConsoleRoutes.admin(
                new ConsoleAudit(core.book().audit()),
                new ConsoleDoctor(doctor(core)),
                new ConsoleCheck(why.inspection()),
                new ConsolePlan(new AccountUsages(core.room(), memory.memories())),
                new ConsoleSettings(
                        core.entrance().settings(),
                        LibrarySync.settings(),
                        core.settings().shown())));
        return routes;
    }

    /** Nothing is opened for it that is not open already. */
    private Doctor doctor(Core core) {
        Settings settings = core.settings();
        ModelProfiles profiles = core.room().workshop().profiles();
        var database = core.ground().database();
        Queues queues = new Queues(new QueueStore(database.jdbi()), core.book().clock());
        List<Check> checks = List.of(
                new Check("java", Host::java),
                new Check("heap", Host::heap),
                new Check("disk", () -> Host.disk(settings.data())),
                new Check("database", new DatabaseCheck(database)::find),
                new Check("computers", () -> Examination.computers(computers.readiness())),
                new Check("model", () -> Examination.model(settings)),
                new Check("profiles", () -> profiles(profiles)),
                new Check("memory", this::searching),
                new Check("browser", Examination::browser),
                new Check("backups", Examination::backups),
                new Check("queues", queues::lengths),
                new Check("stuck", why.inspection()::stuck),
                new Check("webhooks", queues::webhooks));
        return new Doctor(checks, version(), core.book().clock());
    }

    /** Of this server, as its jar says. */
    static String version() {
        return Optional.ofNullable(AdminRoom.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    private static Finding profiles(ModelProfiles profiles) {
        String text = profiles.own().stream()
                .sorted(Comparator.comparing(ModelProfile::name))
                .map(profile -> profile.name() + " asks " + profile.model().name())
                .collect(Collectors.joining("\n"));
        return new Finding("profiles", true, text, "");
    }

    /** By what it knows already: to ask the model anew may cost somebody. */
    private Finding searching() {
        Embeddings embeddings = memory.room().embeddings();
        return embeddings.isBroken()
                ? Examination.byWords(embeddings.model() + " gives no vectors")
                : Examination.byMeaning(embeddings.model());
    }
}
