package dev.drover.provider.computer.bubblewrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which system calls a computer may make: those listed in {@code syscalls.txt}, a few of them with some arguments only.
 * All others are refused with EPERM, and a foreign architecture is killed.
 */
final class SeccompFilter {
    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL = 0x80000000;
    private static final int NOT_PERMITTED = 0x00050000 | 1;
    private static final int NOT_IMPLEMENTED = 0x00050000 | 38;
    private static final int NO_SUCH_FAMILY = 0x00050000 | 97;

    /** Numbers of x86-64's second, 32-bit-pointer set of calls have this bit. */
    private static final int X32 = 0x40000000;

    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
    private static final int NEW_NAMESPACES = 0x00020000 | 0x7E000000;

    private static final int TIOCSTI = 0x5412;
    private static final int TIOCLINUX = 0x541C;

    private final Architecture architecture;
    private final TreeMap<Integer, Bpf> verdicts = new TreeMap<>();

    SeccompFilter(Architecture architecture) {
        this.architecture = architecture;
        Map<String, Bpf> special = Map.of(
                "clone", Bpf.load(Bpf.argument(0)).then(Bpf.ifAnyBit(NEW_NAMESPACES, refuse(), allow())),
                // Its flags are behind a pointer that no filter can follow; told that it is unknown, libc takes clone.
                "clone3", Bpf.answer(NOT_IMPLEMENTED),
                // Both type into a terminal as if its user did.
                "ioctl", only(1, false, TIOCSTI, TIOCLINUX),
                // Only unix, inet, inet6 and netlink: a vsock, for one, is in no network namespace at all.
                "socket", families(),
                // Plain Linux, 32-bit machine name, uname of 2.6, and the question which it is; none lowers a guard.
                "personality", only(0, true, 0, 0x8, 0x20000, 0x20008, -1));
        for (String line : lines()) {
            String[] words = line.split(" ", -1);
            if (!words[architecture.column()].equals("-")) {
                int number = Integer.parseInt(words[architecture.column()]);
                verdicts.put(number, special.getOrDefault(words[0], allow()));
            }
        }
    }

    byte[] program() {
        Bpf calls = Bpf.load(Bpf.NUMBER).then(Bpf.ifAtLeast(X32, Bpf.answer(KILL), search(intervals())));
        return Bpf.load(Bpf.ARCHITECTURE)
                .then(Bpf.ifEqual(architecture.audit(), calls, Bpf.answer(KILL)))
                .bytes();
    }

    /** From this number on, up to the next interval, the verdict is the same. */
    private record Interval(int from, Bpf verdict) {}

    private List<Interval> intervals() {
        List<Interval> intervals = new ArrayList<>();
        for (int number = 0; number <= verdicts.lastKey(); number++) {
            Bpf verdict = verdicts.get(number);
            Bpf known = verdict == null ? refuse() : verdict;
            boolean continues = !intervals.isEmpty()
                    && Objects.deepEquals(intervals.getLast().verdict().bytes(), known.bytes());
            if (!continues) {
                intervals.add(new Interval(number, known));
            }
        }
        // Calls younger than the list are unknown rather than forbidden, so that libc falls back to older ones.
        intervals.add(new Interval(verdicts.lastKey() + 1, Bpf.answer(NOT_IMPLEMENTED)));
        return intervals;
    }

    private static Bpf search(List<Interval> intervals) {
        if (intervals.size() == 1) {
            return intervals.getFirst().verdict();
        }
        int middle = intervals.size() / 2;
        return Bpf.ifAtLeast(
                intervals.get(middle).from(),
                search(intervals.subList(middle, intervals.size())),
                search(intervals.subList(0, middle)));
    }

    private static Bpf families() {
        return Bpf.load(Bpf.argument(0)).then(chain(allow(), Bpf.answer(NO_SUCH_FAMILY), 1, 2, 10, 16));
    }

    private static Bpf only(int argument, boolean listedIsAllowed, int... values) {
        return Bpf.load(Bpf.argument(argument))
                .then(listedIsAllowed ? chain(allow(), refuse(), values) : chain(refuse(), allow(), values));
    }

    private static Bpf chain(Bpf listed, Bpf other, int... values) {
        Bpf chain = other;
        for (int value : values) {
            chain = Bpf.ifEqual(value, listed, chain);
        }
        return chain;
    }

    private static Bpf allow() {
        return Bpf.answer(ALLOW);
    }

    private static Bpf refuse() {
        return Bpf.answer(NOT_PERMITTED);
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SeccompFilter.class.getResourceAsStream("syscalls.txt")), UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
