package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.api.http.Handler;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.MemoryId;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.UserId;
import dev.drover.core.memory.FindMemories;
import dev.drover.core.memory.Memories;
import dev.drover.core.memory.Memory;
import dev.drover.core.memory.MemoryKey;
import dev.drover.core.memory.Search;
import dev.drover.core.memory.SearchMemories;
import dev.drover.core.memory.SearchMode;
import dev.drover.core.memory.Source;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Single memories by API (contract, section 10.2). */
public final class JettsonMemory {
    /** The fields that have a code of their own; the others are told by name. */
    private static final Map<String, String> CODES = Map.of(
            "key", "invalid_key",
            "value", "invalid_value",
            "query", "invalid_query",
            "mode", "invalid_query");

    private final Memories memories;
    private static final int USUAL = 10;
    private static final int MOST = 50;

    private final Search search;
    private final Clock clock;

    public JettsonMemory(Memories memories, Search search, Clock clock) {
        this.memories = memories;
        this.search = search;
        this.clock = clock;
    }

    /** A handler whose refusals of single fields get this API's codes. */
    static Handler coded(Handler handler) {
        return call -> {
            try {
                return handler.handle(call);
            } catch (Refused e) {
                if (e.problem() instanceof Problem.Invalid(String field, String reason)) {
                    String code = code(field);
                    if (!code.equals("invalid_body")) {
                        return JettsonRefusals.misfit(code, field, reason);
                    }
                }
                throw e;
            }
        };
    }

    static String code(String field) {
        return CODES.getOrDefault(field, "invalid_body");
    }

    public Operation put() {
        return Operation.of("Remember something; a key that exists gets a new version", coded(this::put))
                .takes(JettsonMemoryWish.class)
                .answers(201, JettsonRecord.class)
                .answers(200, JettsonRecord.class)
                .refuses(400, 402, 413);
    }

    private Answer put(Call call) {
        Memories.Stored stored = memories.put(user(call), JettsonMemoryWish.order(call.fields(), clock.instant()));
        int status = stored.outcome() == Memories.Outcome.NEW_VERSION ? 201 : 200;
        return Answer.json(status, JettsonRecord.of(stored.memory()));
    }

    public Operation get() {
        return Operation.of("Read one memory by its key, or list them, newest first", coded(this::get))
                .query("key", String.class, "Which one; a list without it")
                .query("namespace", String.class, "Where; for one memory 'default' when left out, for a list anywhere")
                .query("tags", String.class, "Comma-separated tags that a memory must all have")
                .query("source", String.class, "manual, auto_extracted or consolidated")
                .query("limit", Integer.class, "How many; 20 when left out, at most 100")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, JettsonRecord.class)
                .refuses(400, 404);
    }

    private Answer get(Call call) {
        if (call.query("key") == null) {
            return inQuery(() -> Answer.ok(JettsonRecord.Listed.of(memories.list(user(call), wanted(call)))));
        }
        MemoryKey name = name(call);
        return Answer.ok(JettsonRecord.of(memories.get(user(call), name).orElseThrow(() -> missing(name))));
    }

    private static FindMemories wanted(Call call) {
        String tags = call.query("tags");
        String source = call.query("source");
        String cursor = call.query("cursor");
        return new FindMemories(
                call.query("namespace"),
                tags == null
                        ? List.of()
                        : Stream.of(tags.split(",", -1)).map(String::strip).toList(),
                source == null
                        ? null
                        : Source.of(source)
                                .orElseThrow(() -> JettsonMemoryWish.refused(
                                        "source", "must be manual, auto_extracted or consolidated")),
                call.limit(20, 100),
                cursor == null
                        ? null
                        : Spelling.MEMORY
                                .read(cursor)
                                .map(MemoryId::new)
                                .orElseThrow(() -> JettsonMemoryWish.refused("cursor", "is of no page of this list")));
    }

    /** What does not fit here stands in the query, whatever its name. */
    static Answer inQuery(Asking asking) {
        try {
            return asking.answer();
        } catch (Refused e) {
            if (e.problem() instanceof Problem.Invalid(String field, String reason)) {
                return JettsonRefusals.misfit("invalid_query", field, reason);
            }
            throw e;
        }
    }

    /** Something that may be refused. */
    interface Asking {
        Answer answer();
    }

    public Operation delete() {
        return Operation.of("Forget one memory", coded(this::delete))
                .query("key", String.class, "Which one")
                .query("namespace", String.class, "Where; 'default' when left out")
                .query("hard", Boolean.class, "Whether nothing of it is kept; else it is gone after 30 days")
                .answersType(204, "")
                .refuses(400, 404);
    }

    private Answer delete(Call call) {
        MemoryKey name = name(call);
        if (!memories.delete(user(call), name, flag(call, "hard"))) {
            throw missing(name);
        }
        return Answer.noContent();
    }

    private static boolean flag(Call call, String name) {
        String text = call.query(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw new Rejected(new Rejection.QueryMisfit(name, "must be true or false"));
        }
        return true;
    }

    public Operation search() {
        return Operation.of("Find memories by words and by meaning", coded(this::search))
                .takes(JettsonMemoryWish.Query.class)
                .answers(200, JettsonRecord.Results.class)
                .refuses(400);
    }

    private Answer search(Call call) {
        Fields fields = call.fields();
        String query = fields.text("query");
        String mode = fields.text("mode");
        Integer limit = fields.integer("limit");
        List<String> tags = fields.texts("tags");
        if (query == null) {
            throw JettsonMemoryWish.refused("query", "is missing; it is what to look for");
        }
        if (limit != null && limit < 1) {
            throw JettsonMemoryWish.refused("limit", "must be a whole number of at least 1");
        }
        SearchMemories wanted = new SearchMemories(
                query,
                fields.text("namespace"),
                tags == null ? List.of() : tags,
                limit == null ? USUAL : Math.min(limit, MOST),
                mode == null
                        ? SearchMode.HYBRID
                        : SearchMode.of(mode)
                                .orElseThrow(() ->
                                        JettsonMemoryWish.refused("mode", "must be hybrid, semantic or keyword")));
        try {
            return Answer.ok(JettsonRecord.Results.of(search.find(user(call), wanted)));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Only a server that stops interrupts a request. */
    static Refused interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Refused(new Problem.Unavailable("the server is stopping", null));
    }

    static UserId user(Call call) {
        return call.caller().user().id();
    }

    private static MemoryKey name(Call call) {
        String key = call.query("key");
        String namespace = call.query("namespace");
        if (key == null) {
            throw JettsonMemoryWish.refused("key", "is missing");
        }
        return new MemoryKey(namespace == null ? Memory.DEFAULT_NAMESPACE : namespace, key);
    }

    private static Refused missing(MemoryKey name) {
        return new Refused(new Problem.NotFound(Problem.Thing.MEMORY, name.namespace() + "/" + name.key()));
    }
}
