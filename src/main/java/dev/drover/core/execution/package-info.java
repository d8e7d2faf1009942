/** Chat and tasks of agents that keep a computer: each is a run, seen as an execution. */
@NullMarked
package dev.drover.core.execution;

import org.jspecify.annotations.NullMarked;
