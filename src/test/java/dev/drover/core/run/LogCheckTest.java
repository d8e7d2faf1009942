package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.core.Refused;
import dev.drover.core.id.RunId;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.testing.TestingDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a check of the logs finds when somebody else has written to the tables. */
final class LogCheckTest {
    private static final TestingDatabase TESTING =
            TestingDatabase.create().withoutReplay("the test writes to its logs as nobody should");
    private static final TestingRoom ROOM = TestingRoom.open(TESTING.address(), new OfflineModel());

    @AfterAll
    static void close() {
        ROOM.close();
        TESTING.close();
    }

    @Test
    void findsNothingInALogAsItWasWritten() {
        RunId run = run();
        LogCheck.Checked checked = check().one(run);
        assertThat(checked.found()).isEmpty();
        assertThat(checked.runs()).isEqualTo(1);
        assertThat(checked.events()).isEqualTo(count(run)).isGreaterThan(5);
        assertThat(one("select count(*) from run_event where digest is null and run_id = '" + run.value() + "'"))
                .isZero();
    }

    @Test
    void findsARowWhoseWordsWereChanged() {
        RunId run = run();
        long seq = seqOf(run, "tool_returned");
        sql("update run_event set payload = replace(payload, 'hello', 'hullo') where run_id = ? and seq = ?", run, seq);
        assertThat(places(run)).containsExactly(seq);
    }

    @Test
    void findsEveryColumnThatWasChanged() {
        for (String change : List.of(
                "at = at + interval '1 ms'", "label = label || '!'", "kind = 'recalled'", "digest = sha256('x')")) {
            RunId run = run();
            long seq = seqOf(run, "computer_opened");
            sql("update run_event set " + change + " where run_id = ? and seq = ?", run, seq);
            assertThat(places(run)).as(change).contains(seq);
        }
    }

    @Test
    void findsARowThatWasRemoved() {
        RunId run = run();
        sql("delete from run_event where run_id = ? and seq = ?", run, 3L);
        assertThat(places(run)).contains(3L);
    }

    @Test
    void findsTheFirstAndTheLastRowRemoved() {
        RunId first = run();
        sql("delete from run_event where run_id = ? and seq = ?", first, 1L);
        assertThat(places(first)).contains(1L);
        RunId last = run();
        long end = count(last);
        sql("delete from run_event where run_id = ? and seq = ?", last, end);
        assertThat(places(last)).containsExactly(end);
    }

    @Test
    void findsARemovedRowWhenTheOthersWereNumberedAnew() {
        RunId run = run();
        long gone = seqOf(run, "model_called");
        sql("delete from run_event where run_id = ? and seq = ?", run, gone);
        for (long seq = gone + 1; seq <= count(run) + 1; seq++) {
            sql("update run_event set seq = seq - 1 where run_id = ? and seq = ?", run, seq);
        }
        assertThat(places(run)).contains(gone);
    }

    @Test
    void findsTwoRowsThatChangedPlaces() {
        RunId run = run();
        sql("update run_event set seq = -2, step = null where run_id = ? and seq = ?", run, 2L);
        sql("update run_event set seq = 2 where run_id = ? and seq = ?", run, 3L);
        sql("update run_event set seq = 3 where run_id = ? and seq = ?", run, -2L);
        assertThat(places(run)).contains(2L, 3L);
    }

    @Test
    void findsAWholeLogThatIsAnothers() {
        RunId run = run();
        RunId other = run();
        sql("update run_event set run_id = gen_random_uuid() where run_id = ? and seq > ?", run, 0L);
        ROOM.database()
                .jdbi()
                .useHandle(handle ->
                        handle.execute("update run_event set run_id = ? where run_id = ?", run.value(), other.value()));
        assertThat(places(run)).containsExactly(1L);
        assertThat(places(other)).containsExactly(1L);
    }

    @Test
    void findsDigestsTakenAway() {
        RunId run = run();
        sql("update run_event set digest = null where run_id = ? and seq >= ?", run, 4L);
        assertThat(places(run)).containsExactly(4L);
        sql("update run_event set digest = null where run_id = ? and seq >= ?", run, 1L);
        assertThat(places(run)).containsExactly(1L);
    }

    @Test
    void findsAnEndThatIsNotTheLastOrNotThatOfTheRun() {
        RunId run = run();
        sql("update run set status = 'error' where id = ? and ordinal = ?", run, 1L);
        assertThat(places(run)).containsExactly(count(run));
        RunId other = run();
        forge(other, count(other) + 1, "noted", "{\"message\":\"after all\"}");
        assertThat(texts(other)).anyMatch(text -> text.contains("behind the end"));
    }

    @Test
    void findsAResultWithoutIntentAndASecondIntent() {
        RunId run = run();
        String called = "{\"iteration\":1,\"call\":{\"id\":\"x1\",\"tool\":\"shell_run\",\"input\":\"{}\"}}";
        long end = count(run);
        forge(run, end + 1, "tool_called", called);
        forge(run, end + 2, "tool_called", called);
        forge(run, end + 3, "tool_returned", "{\"iteration\":1,\"callId\":\"x2\",\"tool\":\"t\",\"output\":\"{}\"}");
        forge(run, end + 4, "tool_returned", "no JSON");
        assertThat(texts(run))
                .anyMatch(text -> text.contains("event " + (end + 2) + " is a second intent of the call x1"))
                .anyMatch(text -> text.contains("event " + (end + 3) + " is the result of the call x2"))
                .anyMatch(text -> text.contains("event " + (end + 4) + " cannot be read"));
    }

    @Test
    void takesALogThatAnOlderVersionBegan() throws Exception {
        Lease lease = ROOM.idleRun(UUID.randomUUID());
        RunId run = lease.run();
        sql("update run set sealed = false where id = ? and ordinal = ?", run, 1L);
        forge(run, 1, "noted", "{\"message\":\"before\"}");
        forge(run, 2, "noted", "{\"message\":\"the upgrade\"}");
        LogEnd end = ROOM.stores().events().end(run);
        assertThat(end.digest()).isNull();
        new LogWriter(
                        ROOM.log(),
                        lease,
                        end,
                        RunUsage.NONE,
                        ROOM.room().workshop().clock())
                .append(new Entry.Noted("after it"), new Entry.Noted("again"));
        assertThat(check().one(run).found()).isEmpty();
        sql("update run_event set label = 'changed' where run_id = ? and seq = ?", run, 3L);
        assertThat(places(run)).containsExactly(3L);
        ROOM.stop(ROOM.runs()
                .get(
                        TestingRoom.caller(),
                        ROOM.runs().started(run).orElseThrow().agent()));
    }

    @Test
    void readsAllLogsInPages() {
        RunId bad = run();
        sql("delete from run_event where run_id = ? and seq = ?", bad, 2L);
        run();
        List<RunId> found = new ArrayList<>();
        long runs = 0;
        RunId after = null;
        do {
            LogCheck.Checked page = new LogCheck(ROOM.stores(), 1, 10).some(after);
            assertThat(page.runs()).isEqualTo(page.last() == null ? page.runs() : 1);
            page.found().forEach(violation -> found.add(violation.run()));
            runs += page.runs();
            after = page.last();
        } while (after != null);
        assertThat(found).contains(bad);
        assertThat(runs).isEqualTo(one("select count(*) from run"));
        assertThat(check().some(null).runs()).isEqualTo(runs);
    }

    @Test
    void refusesARunThatIsNot() {
        assertThatThrownBy(() -> check().one(new RunId(UUID.randomUUID()))).isInstanceOf(Refused.class);
    }

    @Test
    void aForgottenLogIsNoViolation() {
        RunView view = ROOM.finished(ROOM.spawn("$ echo hello"));
        ROOM.runs().forget(TestingRoom.caller(), view.agent().id());
        assertThat(check().one(view.run().id()).found()).isEmpty();
    }

    @Test
    void aPrunedLogIsNoViolationAndNeitherIsOneThatIsBeingPruned() {
        RunId run = run();
        PruneStore prune =
                new PruneStore(ROOM.database().jdbi(), ROOM.stores().events().codec());
        prune.note(List.of(run), "All that stood here and before was pruned.");
        assertThat(check().one(run).found()).isEmpty();
        assertThat(prune.thin(List.of(run), 3)).isEqualTo(3);
        assertThat(check().one(run).found()).isEmpty();
        prune.thin(List.of(run), 1_000);
        prune.pruned(List.of(run), Instant.now());
        assertThat(check().one(run).found()).isEmpty();
    }

    private static LogCheck check() {
        return new LogCheck(ROOM.stores());
    }

    private static RunId run() {
        return ROOM.finished(ROOM.spawn("$ echo hello")).run().id();
    }

    private static List<Long> places(RunId run) {
        List<Violation> found = check().one(run).found();
        assertThat(found).allMatch(violation -> violation.run().equals(run));
        return found.stream().map(Violation::seq).distinct().toList();
    }

    private static List<String> texts(RunId run) {
        return check().one(run).found().stream().map(Violation::text).toList();
    }

    private static long seqOf(RunId run, String kind) {
        return one("select min(seq) from run_event where kind = '" + kind + "' and run_id = '" + run.value() + "'");
    }

    private static long count(RunId run) {
        return one("select count(*) from run_event where run_id = '" + run.value() + "'");
    }

    private static long one(String sql) {
        return ROOM.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static void sql(String sql, RunId run, @Nullable Long seq) {
        ROOM.database().jdbi().useHandle(handle -> handle.execute(sql, run.value(), seq));
    }

    private static void forge(RunId run, long seq, String kind, String payload) {
        ROOM.database().jdbi().useHandle(handle -> handle.execute("""
                        insert into run_event (run_id, seq, step, at, kind, label, payload)
                        values (?, ?, (select 1 + coalesce(max(step), 0) from run_event where run_id = ?), now(), ?,
                            'forged', ?)
                        """, run.value(), seq, run.value(), kind, payload));
    }
}
