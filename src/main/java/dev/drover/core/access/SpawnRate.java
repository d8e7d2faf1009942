package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import org.jspecify.annotations.Nullable;

/**
 * How many spawns a key may make in rolling windows of 60 s and 3,600 s (Jettson contract, section 13.3).
 *
 * @param perMinute null as long as only the plan limits it, {@code perHour} too
 */
public record SpawnRate(
        @Nullable Integer perMinute, @Nullable Integer perHour) {
    public static final SpawnRate OF_THE_PLAN = new SpawnRate(null, null);

    public SpawnRate {
        refuseUnlessPositive("spawns_per_minute", perMinute);
        refuseUnlessPositive("spawns_per_hour", perHour);
    }

    private static void refuseUnlessPositive(String name, @Nullable Integer count) {
        if (count != null && count < 1) {
            throw new Refused(new Problem.Invalid("rate", "has a " + name + " of " + count + "; the least is 1"));
        }
    }

    public int perMinuteOr(int usual) {
        return perMinute == null ? usual : perMinute;
    }

    public int perHourOr(int usual) {
        return perHour == null ? usual : perHour;
    }

    /** Refuses what is above the plan's, which only an administrator may grant. */
    void refuseAbove(SpawnRate plan, User user) {
        if (user.role() != Role.ADMIN) {
            refuseAbove("spawns_per_minute", perMinute, plan.perMinute);
            refuseAbove("spawns_per_hour", perHour, plan.perHour);
        }
    }

    private static void refuseAbove(String name, @Nullable Integer count, @Nullable Integer most) {
        if (count != null && most != null && count > most) {
            throw new Refused(new Problem.Invalid(
                    "rate",
                    "has a " + name + " of " + count + "; the plan allows " + most
                            + ", and only an administrator may grant more"));
        }
    }
}
