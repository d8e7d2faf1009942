package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.api.http.Rejected;
import dev.drover.api.http.Rejection;
import dev.drover.core.Page;
import dev.drover.core.approval.Approval;
import dev.drover.core.approval.Docket;
import dev.drover.core.id.ApprovalId;
import dev.drover.core.id.Spelling;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators are asked, whichever squad asks it. */
public final class ConsoleApprovals {
    private final Docket docket;

    public ConsoleApprovals(Docket docket) {
        this.docket = docket;
    }

    public Operation list() {
        return Operation.of("List the approvals of all squads, newest first, as an operator", this::list)
                .query("status", String.class, "Only approvals in these states, separated by commas")
                .query("limit", Integer.class, "How many; 50 when left out, at most 200")
                .query("cursor", String.class, "The next_cursor of the page before")
                .answers(200, Listed.class)
                .refuses(400);
    }

    private Answer list(Call call) {
        return Answer.ok(Listed.of(
                docket.list(call.caller(), statuses(call.query("status")), behind(call), call.limit(50, 200))));
    }

    private static Set<Approval.Status> statuses(@Nullable String words) {
        Set<Approval.Status> wanted = EnumSet.noneOf(Approval.Status.class);
        Stream.of(words == null ? new String[0] : words.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(word -> Approval.Status.of(word)
                        .orElseThrow(() -> new Rejected(new Rejection.QueryMisfit(
                                "status", "holds '" + word + "', which is no status of an approval"))))
                .forEach(wanted::add);
        return wanted;
    }

    private static @Nullable ApprovalId behind(Call call) {
        String cursor = call.query("cursor");
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        if (!Spelling.isUuid(cursor)) {
            throw new Rejected(new Rejection.QueryMisfit("cursor", "is of no page of this list"));
        }
        return new ApprovalId(UUID.fromString(cursor));
    }

    /** A page of the list. */
    record Listed(List<Shown> data, @Nullable String nextCursor) {
        static Listed of(Page<Docket.Entry> page) {
            return new Listed(page.items().stream().map(Shown::of).toList(), page.next());
        }
    }

    /**
     * An approval in short.
     *
     * @param squad the squad's name
     * @param about who is to be hired, or what the question calls itself
     */
    record Shown(
            String approvalId,
            String squadId,
            String squad,
            String type,
            @Nullable String about,
            String status,
            Instant createdAt,
            @Nullable Instant decidedAt) {
        static Shown of(Docket.Entry entry) {
            Approval approval = entry.approval();
            String about = Stream.of("name", "title", "summary", "question")
                    .map(approval.payload()::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(text -> !text.isBlank())
                    .findFirst()
                    .orElse(null);
            return new Shown(
                    approval.id().toString(),
                    approval.squad().toString(),
                    entry.squad(),
                    approval.type().word(),
                    about,
                    approval.status().word(),
                    approval.createdAt(),
                    approval.decidedAt());
        }
    }
}
