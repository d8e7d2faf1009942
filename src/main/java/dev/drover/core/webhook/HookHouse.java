package dev.drover.core.webhook;

import dev.drover.core.Transactions;
import dev.drover.core.audit.Audit;
import dev.drover.core.credential.Vault;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What this room needs of the rest of the house. */
public record HookHouse(
        Vault vault,
        EgressGuard guard,
        NoticeWriter writer,
        AnswerWriter answers,
        HookSigns signs,
        Transactions transactions,
        Audit audit,
        Ids ids,
        Clock clock) {
    /** As it is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
