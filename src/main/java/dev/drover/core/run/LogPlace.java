package dev.drover.core.run;

import dev.drover.core.id.RunId;

/** One place in one log; whoever stores there first has it. */
record LogPlace(RunId run, long seq) {}
