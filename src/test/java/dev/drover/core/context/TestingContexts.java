package dev.drover.core.context;

import dev.drover.core.access.Caller;
import dev.drover.core.access.CredentialKind;
import dev.drover.core.access.Role;
import dev.drover.core.access.Scope;
import dev.drover.core.access.User;
import dev.drover.core.agent.AgentStore;
import dev.drover.core.agent.Agents;
import dev.drover.core.agent.Origin;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditStore;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Ids;
import dev.drover.core.id.UserId;
import dev.drover.core.memory.Embedder;
import dev.drover.core.memory.EmbeddingStore;
import dev.drover.core.memory.MemoryRoom;
import dev.drover.core.memory.MemoryStore;
import dev.drover.core.memory.Quota;
import dev.drover.provider.document.DocumentReader;
import dev.drover.testing.TestingClock;
import dev.drover.testing.TestingDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** The files of a node, over a database that other nodes may share. */
final class TestingContexts implements AutoCloseable {
    private final TestingDatabase database;
    private final Ids ids;
    private final TestingClock clock;
    private final MemoryRoom memory;
    private final PieceVectors vectors;
    private final Contexts contexts;
    private final Lookup lookup;

    TestingContexts(TestingDatabase database, TestingClock clock, ContextLimits limits, Embedder embedder) {
        var jdbi = database.database().jdbi();
        this.database = database;
        this.clock = clock;
        this.ids = new Ids(clock);
        this.memory = new MemoryRoom(
                new MemoryRoom.Stores(new MemoryStore(jdbi), new EmbeddingStore(jdbi)),
                database.database(),
                embedder,
                new Quota("test", 99),
                ids,
                clock);
        PieceStore pieces = new PieceStore(jdbi);
        this.vectors = new PieceVectors(pieces, memory, database.database(), clock);
        Audit audit = new Audit(new AuditStore(jdbi), ids, clock);
        this.contexts = new Contexts(
                new ContextHouse(
                        new ContextStore(jdbi),
                        pieces,
                        new Agents(new AgentStore(jdbi), ids, clock),
                        database.database(),
                        audit,
                        ids,
                        clock),
                new DocumentReader(limits.fileBytes()),
                limits,
                vectors,
                embedder.window());
        this.lookup = new Lookup(pieces, memory);
    }

    /** Begins to make vectors. */
    TestingContexts started() {
        memory.start();
        vectors.start();
        return this;
    }

    Caller newCaller() {
        UserId user = new UserId(ids.next());
        int team = database.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                                insert into app_user (id, name, role, created_at)
                                values (:id, :name, 'user', now()) returning team
                                """)
                        .bind("id", user.value())
                        .bind("name", user.toString())
                        .mapTo(Integer.class)
                        .one());
        return new Caller(
                new User(user, user.toString(), Role.USER, team),
                CredentialKind.USER_TOKEN,
                null,
                null,
                EnumSet.allOf(Scope.class));
    }

    AgentId newAgent(Caller caller) {
        return new Agents(new AgentStore(database.database().jdbi()), ids, clock)
                .create(caller.user().id(), null, Origin.MAKE, "any", null)
                .id();
    }

    Context add(Caller caller, AgentId agent, String name, String text) {
        return add(caller, agent, name, text, false);
    }

    Context add(Caller caller, AgentId agent, String name, String text, boolean temporary) {
        try {
            Path file = Files.createTempFile("context", name);
            try {
                Files.writeString(file, text);
                FileType type = FileType.ofName(name).orElseThrow();
                return contexts.add(caller, new AddContext(agent, name, type, temporary, "file", file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Excerpt> about(AgentId agent, String question) {
        try {
            return lookup.about(agent, question);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many pieces have no vectors yet. */
    int owed() {
        return count("select count(*) from context_piece where embedded_by is null");
    }

    int count(String sql) {
        return database.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    Contexts contexts() {
        return contexts;
    }

    @Override
    public void close() {
        vectors.close();
        memory.close();
    }
}
