package dev.drover.core.machine;

import dev.drover.core.agent.Agent;
import dev.drover.core.computer.Computer;
import dev.drover.core.computer.ComputerFailure;
import dev.drover.core.computer.Dialogue;
import dev.drover.core.id.AgentId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Repositories that agents begin as. Each is fetched by git inside its agent's computer, through the guarded way out,
 * after the start and behind its back; when that fails, the next start tries again.
 */
public final class RemoteTemplates {
    private static final String PREFIX = "github:";
    private static final String DONE = "fetched";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int FETCHED_AT_ONCE = 4;
    private static final int MOST_LINES = 60;

    /** The token is known to git's fetch alone, and to no hook or filter of what is checked out. */
    private static final String SCRIPT = """
            exec 3>&1 1>&2
            command -v git || { echo 'this computer has no git'; exit 1; }
            [ -e .git ] || git init -q || exit 1
            git remote add origin "$URL" 2>/dev/null || git remote set-url origin "$URL" || exit 1
            git fetch --no-tags origin "+refs/heads/$BRANCH:refs/remotes/origin/$BRANCH" || exit 1
            unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
            if [ -n "$WORKING" ]; then
                git checkout -f -B "$WORKING" --no-track "origin/$BRANCH" || exit 1
                git config user.name "$AGENT" && git config user.email "$AGENT@agents.invalid" || exit 1
            else
                git checkout -f -B "$BRANCH" --track "origin/$BRANCH" || exit 1
                git remote set-url --push origin 'source-mode://only-pulled' || exit 1
            fi
            echo %s >&3
            """.formatted(DONE);

    private final String base;
    private final @Nullable String token;
    private final TemplateStore store;
    private final MachineLog log;
    private final Semaphore places = new Semaphore(FETCHED_AT_ONCE);

    /**
     * From one host of repositories.
     *
     * @param base below which they are, each at {@code owner/name}
     * @param token who asks; null for anybody
     */
    public RemoteTemplates(URI base, @Nullable String token, TemplateStore store, MachineLog log) {
        this.base = base.toString().replaceAll("/+$", "") + "/";
        this.token = token;
        this.store = store;
        this.log = log;
    }

    /** Marks the template of a new machine as one to be fetched, if it is one. */
    void order(Machine machine) {
        if (isRemote(machine.source())) {
            store.put(machine.agent(), new TemplateStore.Standing(true, null));
        }
    }

    static boolean isRemote(Machine.Source source) {
        return source.template() != null && source.template().startsWith(PREFIX);
    }

    /** What is to be told of a template that is not there; empty when there is none, or it is. */
    Optional<String> missing(Machine machine) {
        return store.find(machine.agent())
                .filter(TemplateStore.Standing::due)
                .map(standing -> standing.failure() == null
                        ? "The template " + machine.source().template() + " is being fetched"
                        : "The template " + machine.source().template() + " could not be fetched: "
                                + standing.failure());
    }

    /** Fetches what is due into a computer that has just been turned on; returns at once. */
    public void begin(Agent agent, Machine machine, Computer computer) {
        if (isRemote(machine.source())
                && store.find(agent.id()).filter(TemplateStore.Standing::due).isPresent()) {
            Thread.ofVirtual().name("template").start(() -> fetch(agent, machine.source(), computer));
        }
    }

    private void fetch(Agent agent, Machine.Source source, Computer computer) {
        try {
            places.acquire();
            try {
                told(agent.id(), source, fetched(computer, environment(agent, source)));
            } finally {
                places.release();
            }
        } catch (ComputerFailure | IOException e) {
            told(agent.id(), source, new Outcome(false, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What git came to, and what it said. */
    private record Outcome(boolean isThere, String said) {}

    private static Outcome fetched(Computer computer, Map<String, String> environment)
            throws ComputerFailure, IOException, InterruptedException {
        try (Dialogue dialogue = computer.converse(SCRIPT, environment)) {
            Thread watch = Thread.ofVirtual().name("template-watch").start(() -> endLate(dialogue));
            try {
                byte[] answer = dialogue.input().readNBytes(DONE.length());
                boolean isThere = new String(answer, StandardCharsets.UTF_8).equals(DONE);
                return new Outcome(isThere, dialogue.complaints());
            } finally {
                watch.interrupt();
            }
        }
    }

    private static void endLate(Dialogue dialogue) {
        try {
            Thread.sleep(LONGEST);
            dialogue.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was in time
        }
    }

    private Map<String, String> environment(Agent agent, Machine.Source source) {
        String template = String.valueOf(source.template()).substring(PREFIX.length());
        int at = template.indexOf('@');
        String branch = source.branch() == null ? "main" : source.branch();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("URL", base + (at < 0 ? template : template.substring(0, at)));
        environment.put("BRANCH", branch);
        environment.put("AGENT", agent.slug());
        environment.put("WORKING", source.tracksBranch() ? "" : workingBranch(agent));
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        String secret = secret();
        if (secret != null) {
            environment.put("GIT_CONFIG_COUNT", "1");
            environment.put("GIT_CONFIG_KEY_0", "http." + base + ".extraHeader");
            environment.put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + secret);
        }
        return environment;
    }

    private static String workingBranch(Agent agent) {
        return "trinity/" + agent.slug() + "/" + agent.id().toString().substring(0, 8);
    }

    /** As it goes over the wire. */
    private @Nullable String secret() {
        return token == null
                ? null
                : Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
    }

    private String masked(String text) {
        String secret = secret();
        return token == null || secret == null
                ? text
                : text.replace(secret, "***GITHUB_PAT***").replace(token, "***GITHUB_PAT***");
    }

    private void told(AgentId agent, Machine.Source source, Outcome outcome) {
        String said = masked(outcome.said())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(MOST_LINES)
                .map(line -> line.substring(0, Math.min(500, line.length())))
                .collect(Collectors.joining("\n"));
        if (!said.isEmpty()) {
            log.say(agent, said.lines().map(line -> "template: " + line).collect(Collectors.joining("\n")));
        }
        String last = said.isEmpty()
                ? "git said nothing"
                : said.lines().reduce((a, b) -> b).orElse(said);
        log.say(
                agent,
                outcome.isThere()
                        ? "the template " + source.template() + " is in the home"
                        : "the template " + source.template() + " could not be fetched; the next start tries again: "
                                + last);
        store.put(agent, new TemplateStore.Standing(!outcome.isThere(), outcome.isThere() ? null : last));
    }
}
