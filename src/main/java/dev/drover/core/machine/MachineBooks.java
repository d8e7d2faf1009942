package dev.drover.core.machine;

/** What is written down of machines. */
public record MachineBooks(MachineStore machines, MachineLog log, CreationOnceStore once, FleetStore fleet) {}
