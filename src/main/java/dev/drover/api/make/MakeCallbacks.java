package dev.drover.api.make;

import dev.drover.core.conversation.StartedTalk;
import dev.drover.core.conversation.ToldTalks;
import dev.drover.core.id.RunId;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.webhook.AnswerWriter;

/** What a callback is told: the same as whoever waited for the run (contract, section 3.6). */
public final class MakeCallbacks implements AnswerWriter {
    private final ToldTalks talks;

    public MakeCallbacks(ToldTalks talks) {
        this.talks = talks;
    }

    @Override
    public String ofRun(RunId run) {
        StartedTalk talk = talks.talk(run);
        MakeAnswer.Story story = new MakeAnswer.Story(talk.run(), talk.thread(), talk.structured());
        for (Event event : talks.log(run, MakeSteps.KINDS)) {
            if (event.entry() instanceof Entry.Ended) {
                return MakeFailure.body(story.ended(event));
            }
            story.take(event);
        }
        throw new IllegalStateException("the log of run " + run + " has no end");
    }
}
