package dev.drover.core.machine;

import dev.drover.core.computer.ComputerSpec;

/** How much a machine may use, as people write it: {@code 2} cores, {@code 4g} of memory. */
public record Resources(String cpu, String memory) {
    public static final Resources USUAL = new Resources("2", "4g");

    /** How cores are written. */
    public static final String CPU = "[1-9][0-9]{0,2}";

    /** How memory is written. */
    public static final String MEMORY = "[1-9][0-9]{0,6}[mg]";

    static Resources of(ComputerSpec.Limits limits) {
        long megabytes = limits.memoryBytes() >> 20;
        String memory = megabytes % 1024 == 0 ? megabytes / 1024 + "g" : megabytes + "m";
        return new Resources(String.valueOf((int) limits.cpus()), memory);
    }

    /** In bytes; {@code g} and {@code m} stand for their powers of two. */
    public long memoryBytes() {
        long count = Long.parseLong(memory.substring(0, memory.length() - 1));
        return memory.endsWith("g") ? count << 30 : count << 20;
    }

    public int cores() {
        return Integer.parseInt(cpu);
    }
}
