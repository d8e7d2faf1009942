package dev.drover.api.jettson;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.id.MemoryId;
import dev.drover.core.id.Spelling;
import dev.drover.core.id.UserId;
import dev.drover.core.memory.Consolidation;
import dev.drover.core.memory.Dedupe;
import dev.drover.core.memory.Memory;
import dev.drover.core.memory.MemoryKey;
import dev.drover.core.memory.PutMemory;
import dev.drover.core.memory.Transfer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The whole pool by API (contract, section 10.2). */
public final class JettsonPool {
    private static final long IMPORT_LIMIT = 10 << 20;

    private final Dedupe dedupe;
    private final Consolidation consolidation;
    private final Transfer transfer;
    private final Clock clock;

    public JettsonPool(Dedupe dedupe, Consolidation consolidation, Transfer transfer, Clock clock) {
        this.dedupe = dedupe;
        this.consolidation = consolidation;
        this.transfer = transfer;
        this.clock = clock;
    }

    public Operation dedupe() {
        return Operation.of("Remove memories that say the same as newer ones", JettsonMemory.coded(this::dedupe))
                .takes(DedupeWish.class)
                .answers(200, Deduped.class)
                .refuses(400);
    }

    private Answer dedupe(Call call) {
        Fields fields = call.fields();
        try {
            return Answer.ok(Deduped.of(dedupe.run(
                    JettsonMemory.user(call), fields.text("namespace"), Boolean.TRUE.equals(fields.flag("dry_run")))));
        } catch (InterruptedException e) {
            throw JettsonMemory.interrupted(e);
        }
    }

    public Operation consolidate() {
        return Operation.of("Make one memory of many", JettsonMemory.coded(this::consolidate))
                .takes(ConsolidateWish.class)
                .answers(201, Consolidated.class)
                .answers(200, Consolidated.class)
                .refuses(400, 503);
    }

    private Answer consolidate(Call call) {
        Fields fields = call.fields();
        String namespace = fields.text("namespace");
        String key = fields.text("key");
        List<String> tags = fields.texts("tags");
        if (namespace == null) {
            throw JettsonMemoryWish.refused("namespace", "is missing; it says what to consolidate");
        }
        MemoryKey summary = new MemoryKey(namespace, key == null ? Consolidation.USUAL_KEY : key);
        try {
            return consolidation
                    .run(JettsonMemory.user(call), summary, tags == null ? List.of() : tags)
                    .map(outcome -> Answer.json(
                            201, new Consolidated(JettsonRecord.of(outcome.memory()), outcome.consolidated())))
                    .orElseGet(() -> Answer.ok(new Consolidated(null, 0)));
        } catch (InterruptedException e) {
            throw JettsonMemory.interrupted(e);
        }
    }

    public Operation give() {
        return Operation.of("Export all memories", this::give)
                .query("format", String.class, "json (the usual one) or ndjson, a record a line")
                .query("namespace", String.class, "Only this one")
                .answers(200, Exported.class)
                .answersType(200, "application/x-ndjson")
                .refuses(400);
    }

    private Answer give(Call call) {
        String format = call.query("format");
        boolean lines = "ndjson".equals(format);
        if (format != null && !lines && !format.equals("json")) {
            throw new Rejected(new Rejection.QueryMisfit("format", "must be json or ndjson"));
        }
        String namespace = call.query("namespace");
        UserId user = JettsonMemory.user(call);
        return JettsonMemory.inQuery(() -> {
            // The first page is read before the answer begins, so that a refusal is still one.
            List<Memory> first = transfer.give(user, namespace, null);
            return Answer.written(
                    lines ? "application/x-ndjson" : "application/json",
                    out -> write(user, namespace, first, lines, out));
        });
    }

    private void write(UserId user, @Nullable String namespace, List<Memory> first, boolean lines, OutputStream out)
            throws IOException {
        out.write(text(lines ? "" : "{\"memories\":["));
        String between = "";
        for (List<Memory> page = first; !page.isEmpty(); page = transfer.give(user, namespace, last(page))) {
            StringBuilder text = new StringBuilder();
            for (Memory memory : page) {
                text.append(between).append(JsonCodec.line(JettsonRecord.of(memory)));
                between = lines ? "\n" : ",";
            }
            out.write(text(text.toString()));
        }
        out.write(text(lines ? between : "]}"));
    }

    private static MemoryId last(List<Memory> page) {
        return page.getLast().id();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Operation take() {
        return Operation.of("Import up to 1,000 memories", this::take)
                .takes(ImportWish.class, "application/json", IMPORT_LIMIT)
                .answers(200, Imported.class)
                .refuses(400, 402, 413);
    }

    private Answer take(Call call) {
        Fields fields = call.fields();
        String onConflict = fields.text("on_conflict");
        if (onConflict != null && !onConflict.equals("version") && !onConflict.equals("skip")) {
            throw JettsonMemoryWish.refused("on_conflict", "must be version or skip, but is " + onConflict);
        }
        Instant now = clock.instant();
        List<Supplier<PutMemory>> items = new ArrayList<>();
        for (Optional<Fields> item : fields.items("memories")) {
            items.add(() -> JettsonMemoryWish.item(
                    item.orElseThrow(() -> JettsonMemoryWish.refused("memories", "must hold objects")), now));
        }
        return Answer.ok(Imported.of(transfer.take(JettsonMemory.user(call), items, "skip".equals(onConflict))));
    }

    /** What to dedupe. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DedupeWish(@Nullable String namespace, @Nullable Boolean dryRun) {}

    /** What was deduped; {@code merged} counts the groups. */
    record Deduped(int scanned, int merged, int removed, List<Group> groups) {
        static Deduped of(Dedupe.Outcome outcome) {
            return new Deduped(
                    outcome.scanned(),
                    outcome.groups().size(),
                    outcome.removed(),
                    outcome.groups().stream().map(Group::of).toList());
        }
    }

    /** Memories that said the same, by their ids. */
    record Group(String namespace, String kept, List<String> removed) {
        static Group of(Dedupe.Group group) {
            return new Group(
                    group.namespace(),
                    Spelling.MEMORY.of(group.kept().value()),
                    group.removed().stream()
                            .map(id -> Spelling.MEMORY.of(id.value()))
                            .toList());
        }
    }

    /** What to consolidate. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConsolidateWish(
            String namespace,
            @Nullable List<String> tags,
            @Nullable String key) {}

    /** The summary, and how many went into it. */
    record Consolidated(@Nullable JettsonRecord memory, int consolidated) {}

    /** All memories. */
    record Exported(List<JettsonRecord> memories) {}

    /** What to import. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportWish(
            List<JettsonMemoryWish> memories, @Nullable String onConflict) {}

    /** What became of an import. */
    record Imported(int imported, int skipped, List<Failed> failed) {
        static Imported of(Transfer.Imported imported) {
            return new Imported(
                    imported.imported(),
                    imported.skipped(),
                    imported.failed().stream().map(Failed::of).toList());
        }
    }

    /** An item that did not go in. */
    record Failed(int index, String code) {
        static Failed of(Transfer.Failed failed) {
            return new Failed(failed.index(), code(failed.problem()));
        }

        private static String code(Problem problem) {
            return switch (problem) {
                case Problem.Invalid invalid -> JettsonMemory.code(invalid.field());
                case Problem.MemoryFull full -> "memory_quota_exceeded";
                default -> throw new Refused(problem);
            };
        }
    }
}
