package dev.drover.testing;

import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One server and one model for the tests of a class: every task has a script of its own. */
public final class TestingStage implements AutoCloseable {
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final ScriptedModelServer model;
    private final TestingPlane plane;
    private final TestingAgents agents;

    private TestingStage() throws IOException {
        this.model = ScriptedModelServer.start(
                asked -> scripts.getOrDefault(asked.task(), Script.inOrder()).next(asked));
        this.plane = TestingPlane.scripted(model);
        this.agents = TestingAgents.of(plane);
    }

    public static TestingStage open() {
        try {
            return new TestingStage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Spawns an agent whose model says these turns; the task must be no other's. */
    public String play(String task, Turn... turns) {
        return play(task, Script.inOrder(turns));
    }

    public String play(String task, Script script) {
        return play(task, Map.of(), script);
    }

    /** With options of a spawn. */
    public String play(String task, Map<String, ?> options, Script script) {
        if (scripts.putIfAbsent(task, script) != null) {
            throw new IllegalArgumentException("there is an agent with the task " + task + " already");
        }
        return agents.spawn(task, options);
    }

    /** What the model was asked for a task. */
    public List<Asked> asked(String task) {
        return model.asked().stream().filter(asked -> asked.task().equals(task)).toList();
    }

    public ScriptedModelServer model() {
        return model;
    }

    public TestingPlane plane() {
        return plane;
    }

    public TestingAgents agents() {
        return agents;
    }

    @Override
    public void close() {
        plane.close();
        try {
            model.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
