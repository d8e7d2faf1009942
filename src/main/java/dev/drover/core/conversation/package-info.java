/** Agents that people talk to: how each is set up to talk, and the threads of runs that follow on each other. */
@NullMarked
package dev.drover.core.conversation;

import org.jspecify.annotations.NullMarked;
