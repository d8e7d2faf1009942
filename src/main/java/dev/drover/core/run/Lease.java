package dev.drover.core.run;

import dev.drover.core.id.RunId;

/** The right to work on a run: the fence rises with each holder, and an append under an old one fails. */
record Lease(RunId run, long fence) {}
