package dev.drover.cli;

import dev.drover.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The settings as flags; keys and passwords have none, since everybody on the system can read a command line. */
final class SettingsFlags {
    private static final String DATA = "DROVER_DATA";
    /** In the place of a label: given or not, without a value. */
    private static final String SWITCH = "";

    private static final List<Flag> FLAGS = List.of(
            new Flag("DROVER_DATA", "FOLDER", "Where everything is kept (DROVER_DATA; ~/.drover)."),
            new Flag("DROVER_PORT", "PORT", "DROVER_PORT; 8000. 0 takes any free one."),
            new Flag("DROVER_HOST", "HOST", "The address to listen on (DROVER_HOST; 127.0.0.1)."),
            new Flag(
                    "DROVER_NODE_URL",
                    "URL",
                    "Where other servers of the same database reach this one (DROVER_NODE_URL; where it listens)."),
            new Flag(
                    "DROVER_COMPUTER_WAIT_SECONDS",
                    "SECONDS",
                    "How long a run waits for a server with its agent's computer (DROVER_COMPUTER_WAIT_SECONDS; 120)."),
            new Flag(
                    "DROVER_MODEL",
                    "MODEL",
                    "anthropic/NAME, openai/NAME, gemini/NAME, ollama/NAME or offline (DROVER_MODEL)."),
            new Flag(
                    "DROVER_COMPUTERS",
                    "KIND",
                    "auto, bubblewrap, docker, kubernetes; process isolates nothing (DROVER_COMPUTERS; auto)."),
            new Flag(
                    "DROVER_COMPUTER_IMAGE",
                    "IMAGE",
                    "Of which image containers are made (DROVER_COMPUTER_IMAGE; trinity-agent-base:latest)."),
            new Flag(
                    "DROVER_COMPUTERS_WARM",
                    "COUNT",
                    "How many containers stand ready for agents to come (DROVER_COMPUTERS_WARM; 1)."),
            new Flag("DROVER_KUBE_NAMESPACE", "NAME", "Where pods are made (DROVER_KUBE_NAMESPACE; kubeconfig's)."),
            new Flag("DROVER_KUBE_IMAGE", "IMAGE", "Of which image pods are made (DROVER_KUBE_IMAGE)."),
            new Flag("DROVER_KUBE_STORAGE_CLASS", "NAME", "Of workspaces (DROVER_KUBE_STORAGE_CLASS; the cluster's)."),
            new Flag(
                    "DROVER_KUBE_RUNTIME_CLASS", "NAME", "That runs pods, such as gvisor (DROVER_KUBE_RUNTIME_CLASS)."),
            new Flag(
                    "DROVER_KUBE_USER_NAMESPACES",
                    SWITCH,
                    "Users of its own for each pod (DROVER_KUBE_USER_NAMESPACES)."),
            new Flag(
                    "DROVER_KUBE_INSTALLATION",
                    "NAME",
                    "Of servers with one database (DROVER_KUBE_INSTALLATION; drover)."),
            new Flag(
                    "DROVER_LEASE_SECONDS",
                    "SECONDS",
                    "How long this server may be silent before others take its runs (DROVER_LEASE_SECONDS; 5)."),
            new Flag(
                    "DROVER_DRAIN_SECONDS",
                    "SECONDS",
                    "How long it still answers when told to stop (DROVER_DRAIN_SECONDS; 5 on a given database)."),
            new Flag("DROVER_PLAN", "PLAN", "DROVER_PLAN; unlimited."),
            new Flag(
                    "DROVER_SKILLS",
                    "FOLDER",
                    "The library of skills, a folder for each (DROVER_SKILLS; skills in the data folder)."),
            new Flag(
                    "DROVER_TEMPLATES",
                    "LIST",
                    "GitHub repositories to offer as templates: owner/name,... (DROVER_TEMPLATES)."),
            new Flag(
                    "DROVER_PRICES",
                    "FILE",
                    "A JSON file of what models cost (DROVER_PRICES; prices that come with Drover)."),
            new Flag(
                    "DROVER_AVATAR_MODEL",
                    "NAME",
                    "Gemini's model that draws avatars, with GEMINI_API_KEY (DROVER_AVATAR_MODEL)."),
            new Flag(
                    "DROVER_TEMPLATES_FOLDER",
                    "FOLDER",
                    "Templates of this host, a folder for each (DROVER_TEMPLATES_FOLDER)."),
            new Flag(
                    "DROVER_GITHUB_URL",
                    "URL",
                    "Where repositories are fetched from (DROVER_GITHUB_URL; https://github.com)."),
            new Flag(
                    "DROVER_OIDC_ISSUER",
                    "URL",
                    "The OpenID provider that people may log in through (DROVER_OIDC_ISSUER)."),
            new Flag("DROVER_OIDC_CLIENT_ID", "ID", "What this server is called there (DROVER_OIDC_CLIENT_ID)."),
            new Flag("DROVER_OIDC_NAME", "TEXT", "What the button says (DROVER_OIDC_NAME; single sign-on)."),
            new Flag("DROVER_OIDC_ADMINS", "LIST", "Addresses that become administrators (DROVER_OIDC_ADMINS)."),
            new Flag("DROVER_SSH_BIND", "HOST", "The address for SSH clients (DROVER_SSH_BIND; the one of --host)."),
            new Flag(
                    "DROVER_MODEL_VISION",
                    "WORD",
                    "Whether the model is shown pictures: auto, yes or no (DROVER_MODEL_VISION; auto)."),
            new Flag(
                    "DROVER_CORS_ORIGINS",
                    "LIST",
                    "Origins of pages that may call, comma-separated (DROVER_CORS_ORIGINS; none)."),
            new Flag(
                    "DROVER_REQUIRE_SETUP",
                    SWITCH,
                    "Leave the first password to the setup (DROVER_REQUIRE_SETUP; a random one is made)."),
            new Flag(
                    "DROVER_SMTP_URL",
                    "URL",
                    "smtp://user:password@host:port, or smtps:, for login codes (DROVER_SMTP_URL; the log)."),
            new Flag("DROVER_MAIL_FROM", "ADDRESS", "Who mail comes from (DROVER_MAIL_FROM)."),
            new Flag(
                    "DROVER_EMBEDDING_MODEL",
                    "NAME",
                    "What memories are searched by: minilm, none, or of a server (DROVER_EMBEDDING_MODEL)."),
            new Flag("DROVER_EMBEDDING_BASE_URL", "URL", "Where that model answers (DROVER_EMBEDDING_BASE_URL)."),
            new Flag(
                    "DROVER_RECALL_COUNT",
                    "NUMBER",
                    "How many memories a run is reminded of (DROVER_RECALL_COUNT; 5)."),
            new Flag(
                    "DROVER_RECALL_COSINE",
                    "NUMBER",
                    "How near they must be to the task (DROVER_RECALL_COSINE; 0.35)."),
            new Flag(
                    "DROVER_DEDUPE_COSINE",
                    "NUMBER",
                    "How near memories must be to be merged (DROVER_DEDUPE_COSINE; 0.95)."),
            new Flag(
                    "DROVER_CONTEXT_FILE_MB",
                    "NUMBER",
                    "How large a file for an agent may be (DROVER_CONTEXT_FILE_MB; 20)."),
            new Flag(
                    "DROVER_CONTEXTS_PER_AGENT",
                    "NUMBER",
                    "How many files an agent may have (DROVER_CONTEXTS_PER_AGENT; 20)."),
            new Flag(
                    "DROVER_CONTEXTS_PER_TEAM",
                    "NUMBER",
                    "How many files a team may have (DROVER_CONTEXTS_PER_TEAM; 50)."),
            new Flag("DROVER_PLAN_CONCURRENT", "NUMBER", "DROVER_PLAN_CONCURRENT; as the plan says."),
            new Flag("DROVER_PLAN_AGENT_HOURS", "NUMBER", "DROVER_PLAN_AGENT_HOURS; as the plan says."),
            new Flag("DROVER_PLAN_RUN_MINUTES", "NUMBER", "DROVER_PLAN_RUN_MINUTES; as the plan says."),
            new Flag("DROVER_PLAN_SPAWNS_PER_MINUTE", "NUMBER", "DROVER_PLAN_SPAWNS_PER_MINUTE; as the plan says."),
            new Flag("DROVER_PLAN_SPAWNS_PER_HOUR", "NUMBER", "DROVER_PLAN_SPAWNS_PER_HOUR; as the plan says."),
            new Flag("DROVER_PLAN_CPU_PERCENT", "NUMBER", "DROVER_PLAN_CPU_PERCENT; as the plan says."),
            new Flag("DROVER_PLAN_MEMORY_MB", "NUMBER", "DROVER_PLAN_MEMORY_MB; as the plan says."),
            new Flag("DROVER_PLAN_MEMORIES", "NUMBER", "DROVER_PLAN_MEMORIES; as the plan says."),
            new Flag(
                    "DROVER_EGRESS_ALLOW",
                    "LIST",
                    "host:port or CIDR, comma-separated, to let through the guard (DROVER_EGRESS_ALLOW)."),
            new Flag("DROVER_PUBLIC_URL", "URL", "Where clients find it (DROVER_PUBLIC_URL)."),
            new Flag(
                    "DROVER_REQUESTS_PER_MINUTE",
                    "NUMBER",
                    "Of an organization in the Make dialect (DROVER_REQUESTS_PER_MINUTE; unlimited)."),
            new Flag("DROVER_TIME_ZONE", "ZONE", "Of the times that models are told (DROVER_TIME_ZONE; the system's)."),
            new Flag(
                    "DROVER_RUN_WAIT_SECONDS",
                    "NUMBER",
                    "How long a caller may wait for the end of a run (DROVER_RUN_WAIT_SECONDS; 280)."),
            new Flag("DROVER_KEEP_RUNS_DAYS", "NUMBER", "How long runs are kept (DROVER_KEEP_RUNS_DAYS; unlimited)."),
            new Flag("DROVER_KEEP_EVENTS_DAYS", "NUMBER", "Their logs (DROVER_KEEP_EVENTS_DAYS; unlimited)."),
            new Flag("DROVER_KEEP_DELIVERIES_DAYS", "NUMBER", "Of webhooks (DROVER_KEEP_DELIVERIES_DAYS; 30)."),
            new Flag("DROVER_KEEP_AUDIT_DAYS", "NUMBER", "The audit (DROVER_KEEP_AUDIT_DAYS; unlimited)."),
            new Flag(
                    "DROVER_DATABASE_URL",
                    "URL",
                    "postgresql://user:password@host:port/name (DROVER_DATABASE_URL; embedded)."));

    private final Map<String, String> given = new LinkedHashMap<>();

    /** @param variable the setting that the flag stands for and is named after */
    private record Flag(String variable, String label, String description) {
        OptionSpec option(Map<String, String> given) {
            boolean valued = !label.equals(SWITCH);
            return OptionSpec.builder(Settings.flag(variable))
                    .arity(valued ? "1" : "0")
                    .type(valued ? String.class : Boolean.class)
                    .paramLabel(label)
                    .description(description)
                    .setter(new ISetter() {
                        @Override
                        public <T> T set(T value) {
                            if (value != null) {
                                given.put(variable, value.toString());
                            }
                            return value;
                        }
                    })
                    .build();
        }
    }

    /** A command that takes all of them, and reads them when it is called. */
    static CommandLine command(Function<SettingsFlags, Object> made) {
        SettingsFlags flags = new SettingsFlags();
        CommandLine line = new CommandLine(made.apply(flags));
        FLAGS.forEach(flag -> line.getCommandSpec().addOption(flag.option(flags.given)));
        return line;
    }

    Settings read(Map<String, String> environment) {
        return Settings.read(given, environment);
    }

    /** As {@link #read}, for a server that only this command will use: on any free port unless one was asked for. */
    Settings readForOneRun(Map<String, String> environment) {
        Map<String, String> completed = new HashMap<>(environment);
        if (completed.getOrDefault("DROVER_PORT", "").isBlank()) {
            completed.put("DROVER_PORT", "0");
        }
        return Settings.read(given, completed);
    }

    /** A flag that only a server which is still to be started can heed; null when there is none. */
    @Nullable String forNewServer() {
        return given.keySet().stream()
                .filter(name -> !name.equals(DATA))
                .findFirst()
                .map(Settings::flag)
                .orElse(null);
    }
}
