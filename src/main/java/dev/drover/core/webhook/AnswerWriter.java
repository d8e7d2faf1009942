package dev.drover.core.webhook;

import dev.drover.core.id.RunId;

/** SPI: what a run was answered with, in the JSON of the dialect whose runs have callbacks. */
public interface AnswerWriter {
    /** Asked inside the transaction that stores the end of the run. */
    String ofRun(RunId run);
}
