package dev.drover.core.conversation;

import dev.drover.core.run.StartedRun;

/**
 * A run of an agent that was talked to.
 *
 * @param thread the key of its thread; empty when that was forgotten since
 * @param structured whether its answer is to be JSON
 */
public record StartedTalk(StartedRun run, String thread, boolean structured) {}
