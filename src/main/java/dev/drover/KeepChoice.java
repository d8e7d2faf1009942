package dev.drover;

import dev.drover.core.retention.Keeping;
import dev.drover.core.usage.Plan;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long things are kept that nobody deletes. */
record KeepChoice(Keeping keeping) {
    private static final int USUAL_DELIVERIES = 30;
    private static final int MOST = 36_500;

    static KeepChoice read(Given given) {
        return new KeepChoice(new Keeping(
                days(given, "DROVER_KEEP_RUNS_DAYS", Plan.NO_LIMIT),
                days(given, "DROVER_KEEP_EVENTS_DAYS", Plan.NO_LIMIT),
                days(given, "DROVER_KEEP_DELIVERIES_DAYS", USUAL_DELIVERIES),
                days(given, "DROVER_KEEP_AUDIT_DAYS", Plan.NO_LIMIT)));
    }

    private static @Nullable Duration days(Given given, String name, int usual) {
        int days = given.count(name, true).orElse(usual);
        if (days == Plan.NO_LIMIT) {
            return null;
        }
        if (days > MOST) {
            throw given.wrong(name, String.valueOf(days), "a number of days up to " + MOST + ", or unlimited");
        }
        return Duration.ofDays(days);
    }

    void show(Map<String, String> shown) {
        shown.put("DROVER_KEEP_RUNS_DAYS", shown(keeping.runs()));
        shown.put("DROVER_KEEP_EVENTS_DAYS", shown(keeping.events()));
        shown.put("DROVER_KEEP_DELIVERIES_DAYS", shown(keeping.deliveries()));
        shown.put("DROVER_KEEP_AUDIT_DAYS", shown(keeping.audit()));
    }

    private static String shown(@Nullable Duration kept) {
        return kept == null ? "unlimited" : String.valueOf(kept.toDays());
    }
}
