package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.egress.Destination;
import dev.drover.testing.TestingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EgressLedgerTest {
    private final TestingClock clock = new TestingClock("2026-11-02T12:00:00Z");
    private final List<Entry> told = new ArrayList<>();
    private final EgressLedger ledger = new EgressLedger(told::add, clock);

    @Test
    void tellsEachDecisionAtOnce() {
        ledger.allowed(new Destination("example.com", 443, List.of()));
        ledger.allowed(new Destination("2606:4700::1111", 80, List.of()));
        ledger.denied("http://10.0.0.1/", "private");
        assertThat(told)
                .containsExactly(
                        new Entry.EgressJudged("example.com:443", null, 1),
                        new Entry.EgressJudged("[2606:4700::1111]:80", null, 1),
                        new Entry.EgressJudged("http://10.0.0.1/", "private", 1));
    }

    @Test
    void gathersRepeatsAndLosesNone() {
        for (int i = 0; i < 5; i++) {
            ledger.denied("a:80", "no");
        }
        clock.pass(Duration.ofSeconds(10));
        ledger.denied("a:80", "no");
        ledger.denied("a:80", "no");
        ledger.denied("a:80", "for another reason");
        ledger.close();
        assertThat(told)
                .containsExactly(
                        new Entry.EgressJudged("a:80", "no", 1),
                        new Entry.EgressJudged("a:80", "no", 5),
                        new Entry.EgressJudged("a:80", "for another reason", 1),
                        new Entry.EgressJudged("a:80", "no", 1));
    }

    @Test
    void saysNothingBehindTheEndOfTheRun() {
        ledger.close();
        ledger.denied("a:80", "no");
        ledger.close();
        assertThat(told).isEmpty();
    }

    @Test
    void remembersOnlySoMuch() {
        for (int i = 0; i < 2_500; i++) {
            ledger.denied("host" + i, "no");
            ledger.denied("host" + i, "no");
        }
        ledger.close();
        assertThat(told.stream()
                        .mapToInt(entry -> ((Entry.EgressJudged) entry).times())
                        .sum())
                .isEqualTo(5_000);
    }
}
