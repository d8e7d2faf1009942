package dev.drover.core.schedule;

import dev.drover.core.Notices;
import dev.drover.core.Transactions;
import dev.drover.core.agent.Agents;
import dev.drover.core.audit.Audit;
import dev.drover.core.execution.Executions;
import dev.drover.core.id.Ids;
import dev.drover.core.machine.Machines;
import java.time.Clock;

/** What the classes of this room share. */
public record ScheduleRoom(
        ScheduleStore store,
        CronReader crons,
        Executions executions,
        Agents agents,
        Machines machines,
        Transactions transactions,
        Notices notices,
        Audit audit,
        Ids ids,
        Clock clock) {
    private static final String CHANGED = "schedules";

    /** When an order is due; refused when it can never be. */
    Cron cron(ScheduleOrder order) {
        return Cron.of(crons, order.cron(), order.zone());
    }

    /** Wakes whoever waits for the next due moment, on every server, when the transaction is kept. */
    void changed() {
        notices.say(CHANGED, "");
    }

    /** Before anything is started. */
    void onChange(Runnable wake) {
        notices.hear(CHANGED, new Notices.Hearer() {
            @Override
            public void heard(String payload) {
                wake.run();
            }

            @Override
            public void mayHaveMissed() {
                wake.run();
            }
        });
    }
}
