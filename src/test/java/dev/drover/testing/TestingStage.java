package dev.drover.testing;

import dev.drover.core.egress.NameResolver;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.Script;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One server and one model for the tests of a class: every task has a script of its own. */
public final class TestingStage implements AutoCloseable {
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private volatile Script otherwise = Script.inOrder();
    private final ScriptedModelServer model;
    private final TestingPlane plane;
    private final TestingAgents agents;

    private TestingStage(Map<String, String> settings, Clock clock, NameResolver names) throws IOException {
        this.model = ScriptedModelServer.start(
                asked -> scripts.getOrDefault(asked.task(), otherwise).next(asked));
        Map<String, String> all =
                new HashMap<>(Map.of("DROVER_MODEL", "openai/scripted", "OPENAI_BASE_URL", model.baseUrl() + "/v1"));
        all.putAll(settings);
        this.plane = TestingPlane.start(all, clock, names);
        this.agents = TestingAgents.of(plane);
    }

    public static TestingStage open() {
        return open(Map.of());
    }

    /** With settings of the test's own on top. */
    public static TestingStage open(Map<String, String> settings) {
        return open(settings, Clock.systemUTC(), host -> List.of(InetAddress.getAllByName(host)));
    }

    /** By a clock and a book of names of the test's own. */
    public static TestingStage open(Map<String, String> settings, Clock clock, NameResolver names) {
        try {
            return new TestingStage(settings, clock, names);
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
        learn(task, script);
        return agents.spawn(task, options);
    }

    /** What its model says to whatever else it is asked, such as what was learnt of a run. */
    public void otherwise(Script script) {
        otherwise = script;
    }

    /** What its model says to agents of that task, whoever spawns them. */
    public void learn(String task, Script script) {
        if (scripts.putIfAbsent(task, script) != null) {
            throw new IllegalArgumentException("there is an agent with the task " + task + " already");
        }
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
