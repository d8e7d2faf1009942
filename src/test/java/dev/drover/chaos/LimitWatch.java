package dev.drover.chaos;

import dev.drover.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Looks again and again into the database whether more runs are unfinished than there may be at once, and whether any
 * agent's budget is exceeded. Every agent gets one as it comes into being.
 */
final class LimitWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    /** A few calls at their worst, so that a call which a dead server had reserved for is felt. */
    private static final int TOKENS = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final ChaosDatabase database;
    private final AtomicInteger most = new AtomicInteger();
    private final List<String> exceeded = new CopyOnWriteArrayList<>();
    private final Thread thread;

    LimitWatch(ChaosDatabase database) {
        this.database = database;
        database.ask(LimitWatch::giveBudgets);
        this.thread = Thread.ofVirtual().name("limit-watch").start(this::watch);
    }

    private static boolean giveBudgets(Handle handle) {
        handle.execute("""
                create or replace function chaos_budget() returns trigger language plpgsql as $$ begin
                    insert into budget (scope, limit_tokens, month)
                    values (new.id, %d, date_trunc('month', now() at time zone 'utc'));
                    return new;
                end $$
                """.formatted(TOKENS));
        handle.execute("""
                create or replace trigger chaos_budget after insert on agent
                for each row execute function chaos_budget()
                """);
        return true;
    }

    /** Tells what was seen, and what dead servers have reserved and nobody gave back. */
    void judge(int atOnce, Findings findings, Count.Table counts) {
        findings.expect(most.get() <= atOnce, "%d runs were unfinished at once, and %d may be", most.get(), atOnce);
        exceeded.stream().distinct().forEach(budget -> findings.expect(false, "the budget %s is exceeded", budget));
        counts.add(Count.BUDGETS, number("select count(*) from budget where spent_tokens > 0"));
        try {
            Waiting.until(PATIENCE, () -> Optional.of(true).filter(_ -> forgotten() == 0));
        } catch (AssertionError kept) {
            findings.expect(false, "%d reservations of dead servers are kept", forgotten());
        }
    }

    private int forgotten() {
        return number("""
                select count(*) from budget_reservation b left join node n on n.id = b.node
                where n.id is null or n.seen_at < now() - interval '10 seconds'
                """);
    }

    private int number(String sql) {
        return database.ask(handle -> number(handle, sql));
    }

    private static int number(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Integer.class).one();
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                look(database.look());
            } catch (JdbiException | IllegalStateException away) {
                // It is down; nothing begins meanwhile.
            }
            pause();
        }
    }

    /** On one connection as long as it holds. */
    private void look(Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            while (!Thread.currentThread().isInterrupted()) {
                most.accumulateAndGet(number(handle, "select count(*) from run where ended_at is null"), Math::max);
                exceeded.addAll(handle.createQuery("""
                                select scope || ': ' || spent_tokens || ' spent, ' || reserved_tokens || ' reserved of '
                                    || limit_tokens
                                from budget where limit_tokens > 0 and spent_tokens + reserved_tokens > limit_tokens
                                """).mapTo(String.class).list());
                pause();
            }
        });
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
