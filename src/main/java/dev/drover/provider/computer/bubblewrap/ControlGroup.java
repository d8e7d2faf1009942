package dev.drover.provider.computer.bubblewrap;

import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerSpec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The limits of one computer as the kernel holds them over all of its processes together. */
interface ControlGroup {
    /** Files into which the computer's first process writes a 0, for itself, before it does anything. */
    List<Path> joins();

    /** Whether a process is in it. */
    boolean contains(long pid) throws IOException;

    /** The limits in force, read back: memory, cpu, processes. */
    Map<String, String> facts() throws IOException;

    Computer.Stats use() throws IOException;

    /** Its part of the use that costs least to read. */
    double cpuSeconds() throws IOException;

    /** Kills whoever is left in it and removes it. */
    void remove() throws IOException;

    /** Where this server may have control groups of its own. */
    interface Place {
        /** Makes a group with its limits, or sets those of the one that is there. */
        ControlGroup make(String name, Limits limits) throws IOException;

        /** One that an earlier server may have left. */
        ControlGroup existing(String name);

        /** Removes the place itself, if nothing is in it. */
        void remove();

        /** All that are there. */
        Set<String> names() throws IOException;
    }
}
