package dev.drover.api.trinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.api.http.Call;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.Json;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.agent.AgentName;
import dev.drover.core.machine.Machine;
import dev.drover.core.machine.NewMachine;
import dev.drover.core.machine.Resources;
import dev.drover.core.runtime.Runtimes;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The wish for a new agent, as its body says it (contract, section 5.2). */
public final class TrinityWish {
    private static final List<String> USUAL_TOOLS = List.of("filesystem", "web_search");
    private static final Pattern LOCAL = Pattern.compile("local:[A-Za-z0-9_.-]+");
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_/-]+");

    private final List<Pattern> images;

    /** @param images which base images may be asked for; an asterisk stands for anything */
    public TrinityWish(List<String> images) {
        this.images = images.stream()
                .map(image -> Pattern.compile(Pattern.quote(image).replace("*", "\\E.*\\Q")))
                .toList();
    }

    /** What fits the schema is looked at more closely when all of it does. */
    NewMachine read(Call call) {
        Body body = TrinityBody.read(call, TrinityWish::read);
        return new NewMachine(
                AgentName.of(body.name()),
                or(body.type(), NewMachine.USUAL_KIND),
                Runtimes.named(body.runtime()),
                body.runtimeModel(),
                resources(body.resources()),
                body.customInstructions(),
                source(body),
                config(body),
                image(or(body.baseImage(), NewMachine.USUAL_IMAGE)),
                body.port(),
                stated(body));
    }

    /** What is said counts more than what a template says. */
    private static Set<NewMachine.Part> stated(Body body) {
        Set<NewMachine.Part> stated = EnumSet.noneOf(NewMachine.Part.class);
        Map<NewMachine.Part, @Nullable Object> given = new EnumMap<>(NewMachine.Part.class);
        given.put(NewMachine.Part.KIND, body.type());
        given.put(NewMachine.Part.RUNTIME, body.runtime());
        given.put(NewMachine.Part.CPU, scalar(body.resources(), "cpu"));
        given.put(NewMachine.Part.MEMORY, scalar(body.resources(), "memory"));
        given.put(NewMachine.Part.TOOLS, body.tools());
        given.put(NewMachine.Part.SERVERS, body.mcpServers());
        given.forEach((part, value) -> {
            if (value != null) {
                stated.add(part);
            }
        });
        return stated;
    }

    private static Body read(TrinityBody body) {
        return new Body(
                body.text("name"),
                body.textIfAny("type"),
                body.textIfAny("template"),
                body.textIfAny("runtime"),
                body.textIfAny("runtime_model"),
                body.objectIfAny("resources"),
                body.textIfAny("custom_instructions"),
                body.textIfAny("github_repo"),
                body.textIfAny("base_image"),
                body.textsIfAny("tools"),
                body.textsIfAny("mcp_servers"),
                body.integerIfAny("port"),
                body.textIfAny("source_branch"),
                body.flagIfAny("source_mode"));
    }

    private static String or(@Nullable String given, String usual) {
        return given == null ? usual : given;
    }

    private static Resources resources(@Nullable ObjectNode wished) {
        String cpu = scalar(wished, "cpu");
        String memory = scalar(wished, "memory");
        if (cpu != null && !cpu.matches(Resources.CPU)) {
            throw bad("resources.cpu must be a positive whole number of cores, but is " + cpu);
        }
        if (memory != null && !memory.matches(Resources.MEMORY)) {
            throw bad("resources.memory must be a number of megabytes or gigabytes, as 512m or 4g, but is " + memory);
        }
        return new Resources(or(cpu, Resources.USUAL.cpu()), or(memory, Resources.USUAL.memory()));
    }

    /** A string as it is, and whatever else as JSON. */
    private static @Nullable String scalar(@Nullable ObjectNode object, String name) {
        if (object == null || !object.hasNonNull(name)) {
            return null;
        }
        JsonNode value = object.get(name);
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static Machine.Source source(Body body) {
        String repository = body.githubRepo();
        String template = body.template();
        if (template == null && repository != null) {
            template = "github:" + repository;
        }
        String branch = body.sourceBranch();
        if (template != null && template.startsWith("local:") && !isLocal(template)) {
            throw bad("template '" + template + "' must be local: and the name of a folder");
        }
        if (template != null && template.startsWith("github:")) {
            String rest = template.substring("github:".length());
            int at = rest.indexOf('@');
            String name = at < 0 ? rest : rest.substring(0, at);
            if (!REPOSITORY.matcher(name).matches()) {
                throw bad("template '" + template + "' must be github:<owner>/<repository>");
            }
            if (at >= 0 && BRANCH.matcher(rest.substring(at + 1)).matches()) {
                branch = rest.substring(at + 1);
            }
            repository = repository == null ? name : repository;
        }
        Boolean tracks = body.sourceMode();
        return new Machine.Source(template, repository, or(branch, "main"), tracks == null || tracks);
    }

    private static boolean isLocal(String template) {
        return LOCAL.matcher(template).matches() && !template.contains("..");
    }

    private static Json config(Body body) {
        List<String> tools = body.tools();
        List<String> servers = body.mcpServers();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tools", tools == null ? USUAL_TOOLS : tools);
        config.put("mcp_servers", servers == null ? List.of() : servers);
        return new Json(JsonCodec.line(config));
    }

    private String image(String wished) {
        if (images.stream().noneMatch(image -> image.matcher(wished).matches())) {
            throw bad("base_image '" + wished + "' is not on the list of allowed images (AGENT_BASE_IMAGES)");
        }
        return wished;
    }

    private static Refused bad(String sentence) {
        return new Refused(new Problem.Unacceptable(sentence));
    }

    /** What the body holds; all but the name may be left out. */
    record Body(
            String name,
            @Nullable String type,
            @Nullable String template,
            @Nullable String runtime,
            @Nullable String runtimeModel,
            @Nullable ObjectNode resources,
            @Nullable String customInstructions,
            @Nullable String githubRepo,
            @Nullable String baseImage,
            @Nullable List<String> tools,
            @Nullable List<String> mcpServers,
            @Nullable Integer port,
            @Nullable String sourceBranch,
            @Nullable Boolean sourceMode) {}
}
