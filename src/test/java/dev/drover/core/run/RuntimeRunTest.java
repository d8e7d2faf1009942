package dev.drover.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.core.agent.Agent;
import dev.drover.core.agent.Origin;
import dev.drover.core.egress.ModelDoor;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.RunId;
import dev.drover.core.model.ModelProfile;
import dev.drover.core.runtime.AgentProgram;
import dev.drover.core.runtime.Choices;
import dev.drover.core.runtime.Order;
import dev.drover.core.runtime.Runtimes;
import dev.drover.provider.computer.bubblewrap.BubblewrapComputers;
import dev.drover.provider.computer.process.ProcessComputers;
import dev.drover.provider.egress.EgressProxy;
import dev.drover.provider.model.offline.OfflineModel;
import dev.drover.provider.runtime.claude.ClaudeCode;
import dev.drover.provider.runtime.codex.Codex;
import dev.drover.provider.runtime.gemini.GeminiCli;
import dev.drover.testing.TestingDatabase;
import dev.drover.testing.TestingPrograms;
import dev.drover.testing.Waiting;
import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that programs work, in computers that agents keep: scripts that speak as Claude Code does, and real ones. */
@Timeout(180)
final class RuntimeRunTest {
    private static final String KEY = "sk-the-servers-own-key-1234567890";
    private static final Order.Choice CHOICE = new Order.Choice("some-model", null, List.of(), true);
    private static final String SPEAKING = """
            #!/bin/sh
            task=$(cat)
            words=$(printf %s "$*" | tr -d '"')
            say() { printf '%s\\n' "$1"; }
            session='11111111-2222-3333-4444-555555555555'
            say '{"type":"system","subtype":"init","session_id":"'$session'"}'
            """;

    private static TestingDatabase database;

    @TempDir
    Path folder;

    private TestingMachine machine;
    private TestingRoom room;
    private Agent agent;
    private final UUID lane = UUID.randomUUID();

    @BeforeAll
    static void createDatabase() {
        database = TestingDatabase.create();
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @BeforeEach
    void keepAComputer() throws Exception {
        BubblewrapComputers computers = new BubblewrapComputers(
                folder.resolve("c"),
                new EgressProxy(),
                "rt" + ProcessHandle.current().pid());
        machine = TestingMachine.open(computers, folder, new AgentId(UUID.randomUUID()), this::way);
        begin(CHOICE);
    }

    private String base = "http://127.0.0.1:9";

    private Optional<ModelDoor.Way> way(String vendor) {
        return switch (vendor) {
            case "anthropic" -> Optional.of(new ModelDoor.Way(base, "x-api-key", KEY, List.of("/v1/messages")));
            case "openai" ->
                Optional.of(new ModelDoor.Way(base, "Authorization", "Bearer " + KEY, List.of("/responses")));
            case "gemini" -> Optional.of(new ModelDoor.Way(base, "x-goog-api-key", KEY, List.of("/v1beta/models")));
            default -> Optional.empty();
        };
    }

    private void begin(Order.Choice choice) {
        Choices choices = _ -> choice;
        Runtimes runtimes = new Runtimes(List.of(new ClaudeCode(), new Codex(), new GeminiCli()), choices);
        room = TestingRoom.open(database.address(), new OfflineModel(), machine, runtimes);
        if (agent == null) {
            agent = room.room()
                    .agents()
                    .create(
                            TestingRoom.caller().user().id(),
                            "runs programs",
                            Origin.TRINITY,
                            ModelProfile.DEFAULT,
                            null);
        }
    }

    @AfterEach
    void close() throws Exception {
        room.close();
        machine.close();
    }

    private StartedRun launch(String runtime, String message) {
        Brief brief = new Brief(ModelProfile.DEFAULT, 10, null, null, 100, Duration.ofMinutes(2), runtime);
        StartRun order = new StartRun(
                agent.id(), lane, "Be brief.", List.of(new Said(Said.Speaker.USER, message)), brief, RunOptions.NONE);
        return room.runs().start(TestingRoom.caller(), order, () -> {});
    }

    private RunId start(String runtime, String message) {
        return launch(runtime, message).id();
    }

    private List<Entry> entries(RunId run) {
        return room.stores().events().story(run).stream().map(Event::entry).toList();
    }

    private Entry ended(RunId run) {
        return Waiting.until(
                Duration.ofMinutes(2), () -> Optional.of(entries(run).getLast()).filter(Entry.Ended.class::isInstance));
    }

    private <T extends Entry> List<T> all(RunId run, Class<T> kind) {
        return entries(run).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void whatTheProgramTellsIsInTheLog() throws Exception {
        machine.with("claude", SPEAKING + """
                say 'not json at all'
                say '{"type":"assistant","message":{"id":"m1","model":"m","content":[{"type":"text",\
                "text":"I look."},{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"ls"}}],\
                "usage":{"input_tokens":10,"output_tokens":5}}}'
                say '{"type":"user","message":{"role":"user","content":[{"tool_use_id":"t1","type":"tool_result",\
                "content":"a.txt","is_error":false}]}}'
                say '{"type":"assistant","message":{"id":"m2","model":"m","content":[{"type":"text",\
                "text":"There is a.txt."}],"usage":{"input_tokens":20,"output_tokens":5}}}'
                say '{"type":"result","subtype":"success","is_error":false,"result":"'"$task / $words"'",\
                "total_cost_usd":0.25,"usage":{"input_tokens":30,"output_tokens":40}}'
                """);
        RunId run = start("claude-code", "what is there");

        assertThat(ended(run))
                .isInstanceOfSatisfying(
                        Entry.Completed.class,
                        completed -> assertThat(completed.result())
                                .startsWith("what is there / -p --output-format stream-json")
                                .contains("--model some-model", "--append-system-prompt-file /")
                                .doesNotContain("--resume"));
        assertThat(all(run, Entry.SessionBegan.class))
                .extracting(Entry.SessionBegan::session)
                .containsExactly("11111111-2222-3333-4444-555555555555");
        assertThat(all(run, Entry.ToolCalled.class))
                .extracting(called -> called.call().tool())
                .containsExactly("Bash");
        assertThat(all(run, Entry.ToolReturned.class))
                .extracting(returned -> returned.output().text())
                .containsExactly("\"a.txt\"");
        assertThat(all(run, Entry.Noted.class))
                .anyMatch(noted -> noted.message().contains("not json at all"));
        RunUsage usage = room.stores().views().of(run).usage();
        assertThat(usage.inputTokens()).isEqualTo(30);
        assertThat(usage.outputTokens()).isEqualTo(40);
        assertThat(usage.dollars()).isEqualTo(0.25);
        assertThat(machine.run("cat ~/.drover/claude-code/instructions.md")).isEqualTo("Be brief.");

        RunId next = start("claude-code", "and then");
        assertThat(ended(next))
                .isInstanceOfSatisfying(
                        Entry.Completed.class,
                        completed -> assertThat(completed.result())
                                .startsWith("and then / ")
                                .contains("--resume 11111111-2222-3333-4444-555555555555"));
    }

    @Test
    void aProgramThatEndsWithoutAResultFailsWithWhatItComplainedOf() throws Exception {
        machine.with("claude", SPEAKING + "echo 'no such thing: 42' >&2; exit 3\n");

        assertThat(ended(start("claude-code", "go")))
                .isEqualTo(new Entry.Failed(
                        FailureReason.CONTAINER_FAILED,
                        "claude-code ended without a result, with exit code 3: no such thing: 42"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code", "codex", "gemini-cli"})
    void aProgramThatIsNotThereIsMissed(String runtime) {
        assertThat(ended(start(runtime, "go")))
                .isInstanceOfSatisfying(
                        Entry.Failed.class,
                        failed -> assertThat(failed.message())
                                .startsWith("the runtime " + runtime + " is asked for, but there is no '")
                                .contains("npm install -g --prefix ~/.local @"));
    }

    @Test
    void aSessionThatIsGoneBeginsAnewAndIsToldWhatWasSaid() throws Exception {
        String speaking = SPEAKING + """
                case "$*" in *--resume*) echo 'No conversation found' >&2; exit 1;; esac
                result=$(printf %s "$task" | tr '\\n' ' ')
                say '{"type":"result","subtype":"success","result":"'"$result"'"}'
                """;
        machine.with("claude", speaking);
        ended(start("claude-code", "one"));

        assertThat(ended(start("claude-code", "two")))
                .isEqualTo(new Entry.Completed("What was said before: User: one You: one  Now: two"));
    }

    @Test
    void aStopEndsTheProgramAndWhatItStartedInGroupsOfItsOwn() throws Exception {
        machine.with("claude", SPEAKING + "setsid sh -c 'while :; do sleep 1; done # lonely' & sleep 600\n");
        StartedRun run = launch("claude-code", "go");
        Waiting.until(() -> machine.run("ps -e -o args").contains("lonely"));
        room.runs().stop(TestingRoom.caller(), run);

        assertThat(ended(run.id())).isInstanceOf(Entry.Stopped.class);
        Waiting.until(() -> !machine.run("ps -e -o args").contains("lonely"));
        assertThat(machine.run("ps -e -o args")).doesNotContain("sleep 600");
    }

    @Test
    void afterTheServerWentAwayTheSessionGoesOnAndKnowsIt() throws Exception {
        machine.with("claude", SPEAKING + """
                echo "$*" >> ~/starts
                case "$*" in
                *--resume*)
                    heard=$(printf %s "$task" | head -c 21)
                    say '{"type":"result","subtype":"success","result":"'"$heard"'"}';;
                *) sleep 600;;
                esac
                """);
        RunId run = start("claude-code", "go");
        Waiting.until(() -> !all(run, Entry.SessionBegan.class).isEmpty());
        room.close();
        assertThat(machine.run("ps -e -o args")).doesNotContain("sleep 600");
        begin(CHOICE);

        assertThat(ended(run)).isEqualTo(new Entry.Completed("You were interrupted:"));
        assertThat(machine.run("grep -c . ~/starts")).isEqualTo("2\n");
    }

    @Test
    void whatHadBegunToUseToolsWithoutASessionIsNotBegunAnew() throws Exception {
        machine.with("claude", """
                #!/bin/sh
                echo started >> ~/starts
                printf '%s\\n' '{"type":"assistant","message":{"id":"m1","model":"m","content":[{"type":"tool_use",\
                "id":"t1","name":"Bash","input":{}}]}}'
                printf '%s\\n' '{"type":"user","message":{"role":"user","content":[]}}'
                sleep 600
                """);
        RunId run = start("claude-code", "go");
        Waiting.until(() -> !all(run, Entry.ToolCalled.class).isEmpty());
        room.close();
        begin(CHOICE);

        assertThat(ended(run))
                .isInstanceOfSatisfying(
                        Entry.Failed.class,
                        failed -> assertThat(failed.message()).contains("before it had named its session"));
        assertThat(machine.run("grep -c . ~/starts")).isEqualTo("1\n");
    }

    @Test
    void anAgentThatIsToUseItsOwnKeyGetsItFromItsOwnFile() throws Exception {
        room.close();
        begin(new Order.Choice(null, List.of("shell"), List.of(), false));
        machine.with("claude", SPEAKING + """
                say '{"type":"result","subtype":"success","result":"'"$ANTHROPIC_API_KEY $ANTHROPIC_BASE_URL $words"'"}'
                """);
        machine.computer()
                .workspace()
                .write(".env", "ANTHROPIC_API_KEY='its own'\nBAD LINE\n".getBytes(StandardCharsets.UTF_8));

        assertThat(ended(start("claude-code", "go")))
                .isInstanceOfSatisfying(
                        Entry.Completed.class,
                        completed -> assertThat(completed.result())
                                .startsWith("its own  -p")
                                .contains("--tools Bash"));
    }

    @Test
    void aComputerWithoutADoorLendsNoKey() throws Exception {
        room.close();
        machine.close();
        machine = TestingMachine.open(
                new ProcessComputers(folder.resolve("p")), folder, new AgentId(UUID.randomUUID()), this::way);
        begin(CHOICE);
        machine.with("claude", SPEAKING);

        assertThat(ended(start("claude-code", "go")))
                .isInstanceOfSatisfying(
                        Entry.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("at the computer's door, and this kind of computer has none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-code", "codex", "gemini-cli"})
    void theRealProgramsWorkAndNeverSeeTheKey(String runtime) throws Exception {
        AgentProgram program = new Runtimes(List.of(new ClaudeCode(), new Codex(), new GeminiCli()), Choices.USUAL)
                .program(runtime)
                .orElseThrow();
        TestingPrograms.install(program.command(), machineHome());
        try (ScriptedModelServer models = ScriptedModelServer.start(this::turn)) {
            base = models.baseUrl();
            RunId run = start(runtime, "make a file");

            assertThat(ended(run)).isEqualTo(new Entry.Completed("All done."));
            assertThat(all(run, Entry.ToolReturned.class))
                    .anyMatch(returned -> returned.output().text().contains("it is made"));
            RunUsage usage = room.stores().views().of(run).usage();
            assertThat(usage.inputTokens()).isGreaterThanOrEqualTo(20);
            assertThat(machine.run("cat ~/made.txt")).isEqualTo("hello\n");
            assertThat(models.asked())
                    .allMatch(asked -> asked.headers().containsValue(KEY)
                            || asked.headers().containsValue("Bearer " + KEY));
            assertThat(models.asked()).anyMatch(asked -> asked.body().toString().contains("Be brief."));
            assertThat(machine.run("cat /proc/[0-9]*/environ 2>/dev/null | grep -c -a " + KEY
                            + "; cat ~/seen.env | grep -c " + KEY + "; grep -rl " + KEY
                            + " ~/.[a-z]* ~/*.* /tmp --exclude-dir=node_modules 2>/dev/null | wc -l"))
                    .isEqualTo("0\n0\n0\n");
            assertThat(entries(run).toString()).doesNotContain(KEY);

            int before = models.asked().size();
            RunId next = start(runtime, "and once more");
            assertThat(ended(next)).isEqualTo(new Entry.Completed("All done."));
            assertThat(room.stores().views().of(next).usage().inputTokens()).isEqualTo(10);
            assertThat(models.asked().subList(before, models.asked().size()))
                    .anyMatch(asked -> asked.body().toString().contains("make a file")
                            && asked.body().toString().contains("and once more"));
        }
    }

    private Path machineHome() throws Exception {
        try (var found = java.nio.file.Files.find(folder, 6, (path, _) -> path.endsWith("workspace"))) {
            return found.findFirst().orElseThrow();
        }
    }

    private Turn turn(Asked asked) {
        String command = "echo hello > ~/made.txt; env > ~/seen.env; echo it is made";
        boolean made = asked.toolResults().stream().anyMatch(result -> result.contains("it is made"));
        if (made || asked.tools().isEmpty()) {
            return Turn.text("All ", "done.");
        }
        return switch (asked.vendor()) {
            case "anthropic" -> Turn.text("I make it.").andCall("Bash", "{\"command\":\"" + command + "\"}");
            case "openai" -> Turn.call("exec_command", "{\"cmd\":\"" + command + "\"}");
            default -> Turn.text("I make it.").andCall("run_shell_command", "{\"command\":\"" + command + "\"}");
        };
    }
}
