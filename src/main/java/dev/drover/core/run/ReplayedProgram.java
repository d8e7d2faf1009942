package dev.drover.core.run;

import dev.drover.core.model.Reply;
import dev.drover.core.model.ToolCall;
import dev.drover.core.model.Usage;
import dev.drover.core.runtime.Told;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Makes entries once more of what a program told one holder, as far as its log holds that: replies, with the calls in
 * them, and results. The program's own lines are not there, and its end is taken for what the log says it was.
 */
final class ReplayedProgram {
    private final ReplayLog log;
    private final ProgramLog program;
    private final Set<String> begun = new HashSet<>();

    ReplayedProgram(
            ReplayLog log, String runtime, LogWriter writer, Transcript transcript, ScheduledExecutorService timer) {
        this.log = log;
        // One that is started anew for the same holder had said nothing before.
        this.program = new ProgramLog(runtime, Usage.NONE, writer, transcript, timer, log.clock());
    }

    /** The end, when all that was told before has been told; empty where the holder was lost. */
    Optional<Entry.Ended> work() throws LeaseLost {
        Optional<Entry> here = log.here();
        while (here.isPresent()) {
            switch (here.get()) {
                case Entry.ModelReplied replied -> reply(replied.reply());
                case Entry.ToolReturned returned
                when begun.remove(returned.callId()) ->
                    program.take(new Told.Returned(own(returned.callId()), returned.output(), returned.isError()));
                // What is left open when a run ends gets a result there.
                case Entry.ToolReturned _ -> {
                    return log.end();
                }
                case Entry.Ended end -> {
                    return Optional.of(end);
                }
                default -> {
                    return Optional.empty();
                }
            }
            here = log.here();
        }
        return Optional.empty();
    }

    private void reply(Reply reply) throws LeaseLost {
        List<ToolCall> calls = reply.calls().stream()
                .map(call -> new ToolCall(own(call.id()), call.tool(), call.input()))
                .toList();
        reply.calls().forEach(call -> begun.add(call.id()));
        program.take(new Told.Replied(new Reply(
                reply.text(), reply.thinking(), calls, reply.usage(), reply.stop(), reply.model(), reply.vendor())));
    }

    /** As the program itself calls it, without the start it belongs to. */
    private static String own(String callId) {
        return callId.substring(callId.indexOf('-') + 1);
    }
}
