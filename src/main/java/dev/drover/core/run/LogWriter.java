package dev.drover.core.run;

import dev.drover.core.credential.LentSecrets;
import dev.drover.core.credential.Mask;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Numbers the events of one run for its one holder and hands them to the log. */
final class LogWriter {
    private final LogKeeper log;
    private final Lease lease;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private LogEnd end;
    private RunUsage usage;
    private @Nullable Append last;
    private volatile Masking masking = new Masking(LentSecrets.NONE.mask());

    /** Behind the end of a log, and what that log says was used. */
    LogWriter(LogKeeper log, Lease lease, LogEnd end, RunUsage usage, Clock clock) {
        this.log = log;
        this.lease = lease;
        this.clock = clock;
        this.end = end;
        this.usage = usage;
    }

    /** From here on these values are in nothing that is stored. */
    void hide(Mask mask) {
        masking = new Masking(mask);
    }

    /** What is done to every entry on its way; for those who also hand one on before it is read again. */
    Masking masking() {
        return masking;
    }

    /** Stores entries together and waits until they are on disk. */
    void append(Entry... entries) throws LeaseLost {
        submit(List.of(entries), null).await();
    }

    /** The same, with a change of the run's row in the same transaction. */
    void append(RunChange change, List<Entry> entries) throws LeaseLost {
        submit(entries, change).await();
    }

    /** Stores an entry in its order without waiting: for what may be lost with the server and asked again. */
    void appendSoon(Entry entry) {
        submit(List.of(entry), null);
    }

    /** The same, with a change of the run's row in the same transaction. */
    void appendSoon(RunChange change, Entry entry) {
        submit(List.of(entry), change);
    }

    private Append submit(List<Entry> bare, @Nullable RunChange change) {
        List<Entry> entries = bare.stream().map(masking::of).toList();
        lock.lock();
        try {
            List<LogLine> lines = end.continued(lease.run(), entries, clock.instant(), log.codec());
            end = end.behind(lines.getLast());
            RunUsage before = usage;
            for (Entry entry : entries) {
                usage = usage.behind(entry);
            }
            RunUsage grown = usage.equals(before) ? null : usage;
            last = log.submit(new Append(lease, lines, masking.of(change), grown, last));
            return last;
        } finally {
            lock.unlock();
        }
    }
}
