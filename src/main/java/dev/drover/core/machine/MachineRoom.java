package dev.drover.core.machine;

import dev.drover.core.Transactions;
import java.time.Clock;

/** What the classes of this room share: one of each on a server. */
public record MachineRoom(
        MachineStore store, MachineFloor floor, FleetEvents events, Transactions transactions, Clock clock) {}
