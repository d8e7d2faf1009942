package dev.drover.core.run;

import dev.drover.core.id.AgentId;
import dev.drover.core.model.ToolCall;
import dev.drover.core.tool.Toolbox;
import java.util.List;
import java.util.Optional;

/** Tells why runs stand where they stand, and which of them stand on nothing; without regard to who asks. */
public final class Whys {
    private final RunRoom room;

    public Whys(RunRoom room) {
        this.room = room;
    }

    /** Of the run that the agent shows; empty when it has none. */
    public Optional<Why> of(AgentId agent) {
        return room.stores()
                .whys()
                .shown(agent)
                .map(run -> of(room.stores().views().of(run).run()));
    }

    Why of(Run run) {
        RunHold hold = room.stores().whys().hold(run.id(), room.workshop().plan());
        Toolbox toolbox = room.workshop().toolbox();
        Event last = room.stores().events().lastStep(run.id());
        return Why.of(run, hold, last, called -> {
            ToolCall call = called.call();
            return toolbox.longest(new ToolCall(call.id(), toolbox.style().shown(call.tool()), call.input()));
        });
    }

    /** What all runs stand on that are not over, in one query. */
    public List<Footing> footings() {
        return room.stores().whys().footings(room.workshop().plan());
    }
}
