package dev.drover.api.trinity;

import dev.drover.api.http.Frame;
import dev.drover.api.http.Frames;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.terminal.Printed;
import dev.drover.core.terminal.RunningCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The output of a command as it comes; whoever stops reading stops the command. */
final class TrinityExecFrames implements Frames {
    private final RunningCommand running;
    private int number;

    TrinityExecFrames(RunningCommand running) {
        this.running = running;
    }

    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        List<Frame> frames = new ArrayList<>();
        for (Printed printed : running.next(atMost)) {
            frames.add(
                    switch (printed) {
                        case Printed.Output(String text) -> frame("stdout", new Piece(text));
                        case Printed.Complaint(String text) -> frame("stderr", new Piece(text));
                        case Printed.End(int code, boolean timedOut, boolean truncated, Duration took) ->
                            frame("exit", new End(code, timedOut, truncated, took.toMillis()));
                    });
        }
        return frames;
    }

    @Override
    public boolean ended() {
        return running.ended();
    }

    @Override
    public void close() {
        running.close();
    }

    private Frame frame(String event, Object data) {
        return new Frame(Integer.toString(++number), event, JsonCodec.line(data));
    }

    record Piece(String text) {}

    record End(int exitCode, boolean timedOut, boolean truncated, long durationMs) {}
}
