package dev.drover.core.terminal;

import dev.drover.core.Transactions;
import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import dev.drover.core.machine.Machines;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What the classes of this room share: one of each on a server.
 *
 * @param enabled whether there may be ways in at all
 * @param mostHours how long one may last
 */
public record TerminalRoom(
        SshAccessStore store,
        Machines machines,
        SshKeys keys,
        Doorkeeper doorkeeper,
        BooleanSupplier enabled,
        double mostHours,
        Transactions transactions,
        Audit audit,
        Ids ids,
        Clock clock) {}
