package dev.drover;

import dev.drover.core.audit.Audit;
import dev.drover.core.id.Ids;
import java.time.Clock;

/** In what changes are written down, under which names and at what time. */
record Book(Audit audit, Ids ids, Clock clock) {}
