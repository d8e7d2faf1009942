package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.Refused;
import dev.drover.core.memory.Archive;
import dev.drover.core.memory.Memory;
import dev.drover.core.memory.MemoryKey;
import dev.drover.core.memory.Namespace;
import dev.drover.core.memory.PastVersion;
import java.util.List;
import java.util.Objects;

/** What memories said before, and where they lie. */
public final class ConsoleMemory {
    private final Archive archive;

    public ConsoleMemory(Archive archive) {
        this.archive = archive;
    }

    public Operation versions() {
        return Operation.of("Read what a memory said before, newest first; its last 50 versions", this::versions)
                .query("key", String.class, "Which one")
                .query("namespace", String.class, "Where; 'default' when left out")
                .answers(200, Versions.class)
                .refuses(400, 404);
    }

    private Answer versions(Call call) {
        String key = call.query("key");
        if (key == null) {
            throw Refused.invalid("key", "is missing; it is the memory's name");
        }
        String namespace = Objects.requireNonNullElse(call.query("namespace"), Memory.DEFAULT_NAMESPACE);
        return Answer.ok(
                new Versions(archive.versions(call.caller().user().id(), new MemoryKey(namespace, key)).stream()
                        .map(Version::of)
                        .toList()));
    }

    public Operation namespaces() {
        return Operation.of("List the namespaces that hold memories", this::namespaces)
                .answers(200, Namespaces.class);
    }

    private Answer namespaces(Call call) {
        return Answer.ok(new Namespaces(archive.namespaces(call.caller().user().id()).stream()
                .map(Place::of)
                .toList()));
    }

    /** All that are kept. */
    record Versions(List<Version> data) {}

    /** An old version; the time in milliseconds since 1970. */
    record Version(int version, String value, List<String> tags, int importance, String source, long replacedAt) {
        static Version of(PastVersion past) {
            return new Version(
                    past.version(),
                    past.value(),
                    past.tags(),
                    past.importance(),
                    past.source().word(),
                    past.replacedAt().toEpochMilli());
        }
    }

    /** All of a user's. */
    record Namespaces(List<Place> data) {}

    /** One, and how many memories live in it. */
    record Place(String namespace, int memories) {
        static Place of(Namespace namespace) {
            return new Place(namespace.name(), namespace.memories());
        }
    }
}
