package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.JsonCodec;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Page;
import dev.drover.core.audit.Audit;
import dev.drover.core.audit.AuditEntry;
import dev.drover.core.audit.AuditFilter;
import dev.drover.core.id.Spelling;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The book of who did what to which, for administrators. */
public final class ConsoleAudit {
    private static final int PIECE = 500;

    private final Audit audit;

    public ConsoleAudit(Audit audit) {
        this.audit = audit;
    }

    public Operation list() {
        return filtered(Operation.of("Read who did what, newest first, as an administrator", this::list))
                .query("limit", Integer.class, "How many; 50 when left out, at most 200")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, Listed.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        call.caller().needAdmin();
        return Answer.ok(Listed.of(audit.read(filter(call), call.limit(50, 200), cursor(call))));
    }

    public Operation export() {
        return filtered(Operation.of("Export who did what, a line of JSON each, as an administrator", this::export))
                .answersType(200, "application/x-ndjson")
                .refuses(400);
    }

    private Answer export(Call call) {
        call.caller().needAdmin();
        AuditFilter filter = filter(call);
        // The first page is read before the answer begins, so that a refusal is still one.
        Page<AuditEntry> first = audit.read(filter, PIECE, null);
        return Answer.written("application/x-ndjson", out -> write(filter, first, out))
                .with("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
    }

    private void write(AuditFilter filter, Page<AuditEntry> first, OutputStream out) throws IOException {
        Page<AuditEntry> page = first;
        while (true) {
            StringBuilder lines = new StringBuilder();
            page.items()
                    .forEach(entry ->
                            lines.append(JsonCodec.line(Shown.of(entry))).append('\n'));
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            if (page.next() == null) {
                return;
            }
            page = audit.read(filter, PIECE, page.items().getLast().id());
        }
    }

    private static Operation filtered(Operation operation) {
        return operation
                .query("actor", String.class, "Who did it, as user:NAME, or key:ID of the key that was used")
                .query("action", String.class, "What was done, as key.create; key alone for all that was done to keys")
                .query("target", String.class, "To what, by its id")
                .query("since", Instant.class, "This moment and later, as 2026-11-22T10:00:00Z")
                .query("until", Instant.class, "Before this moment");
    }

    private static AuditFilter filter(Call call) {
        return new AuditFilter(
                text(call, "actor"),
                text(call, "action"),
                text(call, "target"),
                time(call, "since"),
                time(call, "until"));
    }

    private static @Nullable String text(Call call, String name) {
        String value = call.query(name);
        if (value != null && value.indexOf('\0') >= 0) {
            throw new Rejected(new Rejection.QueryMisfit(name, "must not contain the NUL character"));
        }
        return value == null || value.isEmpty() ? null : value;
    }

    private static @Nullable Instant time(Call call, String name) {
        String value = text(call, name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            throw new Rejected(new Rejection.QueryMisfit(name, "must be a time such as 2026-11-22T10:00:00Z"));
        }
    }

    private static @Nullable UUID cursor(Call call) {
        String value = text(call, "cursor");
        if (value == null) {
            return null;
        }
        if (!Spelling.isUuid(value)) {
            throw new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list"));
        }
        return UUID.fromString(value);
    }

    /** A page of the book. */
    record Listed(List<Shown> data, @Nullable String nextCursor) {
        static Listed of(Page<AuditEntry> page) {
            return new Listed(page.items().stream().map(Shown::of).toList(), page.next());
        }
    }

    /** An entry; the detail is empty when there is none. */
    record Shown(String auditId, Instant at, String actor, String action, String target, String detail) {
        static Shown of(AuditEntry entry) {
            return new Shown(
                    entry.id().toString(), entry.at(), entry.actor(), entry.action(), entry.target(), entry.detail());
        }
    }
}
