package dev.drover.core.machine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people set about a machine while it lives.
 *
 * @param readOnly whether nothing inside may change the home, but for what the patterns allow
 * @param patterns null for the usual ones
 * @param autonomy whether its schedules fire
 * @param timeout how long one of its tasks may take, unless it says itself
 * @param parallelTasks how many of them go side by side
 * @param platformKey whether its runtime asks models with the server's key
 * @param exposes whether it has a folder for others
 * @param consumes whether it sees the folders of those it may call
 * @param cpuLimit in place of what was asked for at its birth; null for that
 * @param memoryLimit the same
 */
public record MachineSettings(
        boolean readOnly,
        @Nullable ReadOnly patterns,
        boolean autonomy,
        Duration timeout,
        int parallelTasks,
        boolean platformKey,
        boolean exposes,
        boolean consumes,
        @Nullable String cpuLimit,
        @Nullable String memoryLimit) {
    public static final MachineSettings USUAL =
            new MachineSettings(false, null, false, Duration.ofMinutes(15), 3, true, false, false, null, null);

    /** Which paths below the home are kept from being written, by globs (Trinity contract, section 10). */
    public record ReadOnly(List<String> blocked, List<String> allowed) {
        public static final ReadOnly USUAL = new ReadOnly(
                words("*.py *.js *.ts *.jsx *.tsx *.vue *.svelte *.go *.rs *.rb *.java *.c *.cpp *.h *.sh *.bash"
                        + " Makefile Dockerfile CLAUDE.md README.md .claude/* .env .env.* template.yaml"
                        + " *.yaml *.yml *.json *.toml"),
                words("content/* output/* reports/* exports/* *.log *.txt .trinity/operator-queue.json"));

        public ReadOnly {
            blocked = List.copyOf(blocked);
            allowed = List.copyOf(allowed);
        }

        private static List<String> words(String text) {
            return List.of(text.split(" "));
        }
    }

    /** The patterns in force when it is read-only. */
    public ReadOnly rules() {
        return patterns == null ? ReadOnly.USUAL : patterns;
    }

    public MachineSettings readOnly(boolean on, @Nullable ReadOnly rules) {
        return new MachineSettings(
                on, rules, autonomy, timeout, parallelTasks, platformKey, exposes, consumes, cpuLimit, memoryLimit);
    }

    public MachineSettings autonomy(boolean on) {
        return new MachineSettings(
                readOnly, patterns, on, timeout, parallelTasks, platformKey, exposes, consumes, cpuLimit, memoryLimit);
    }

    public MachineSettings timeout(Duration longest) {
        return new MachineSettings(
                readOnly,
                patterns,
                autonomy,
                longest,
                parallelTasks,
                platformKey,
                exposes,
                consumes,
                cpuLimit,
                memoryLimit);
    }

    public MachineSettings parallelTasks(int most) {
        return new MachineSettings(
                readOnly, patterns, autonomy, timeout, most, platformKey, exposes, consumes, cpuLimit, memoryLimit);
    }

    public MachineSettings platformKey(boolean used) {
        return new MachineSettings(
                readOnly, patterns, autonomy, timeout, parallelTasks, used, exposes, consumes, cpuLimit, memoryLimit);
    }

    public MachineSettings folders(boolean exposed, boolean consumed) {
        return new MachineSettings(
                readOnly,
                patterns,
                autonomy,
                timeout,
                parallelTasks,
                platformKey,
                exposed,
                consumed,
                cpuLimit,
                memoryLimit);
    }

    public MachineSettings limits(@Nullable String cpu, @Nullable String memory) {
        return new MachineSettings(
                readOnly, patterns, autonomy, timeout, parallelTasks, platformKey, exposes, consumes, cpu, memory);
    }
}
