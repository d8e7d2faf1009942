package dev.drover.cli;

import dev.drover.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings as flags; keys and passwords have none, since everybody on the system can read a command line. */
final class SettingsFlags {
    private static final String DATA = "DROVER_DATA";

    private final Map<String, String> given = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "FOLDER", description = "Where everything is kept (DROVER_DATA; ~/.drover).")
    void data(String value) {
        given.put(DATA, value);
    }

    @Option(names = "--port", paramLabel = "PORT", description = "DROVER_PORT; 8000. 0 takes any free one.")
    void port(String value) {
        given.put("DROVER_PORT", value);
    }

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on (DROVER_HOST; 127.0.0.1).")
    void host(String value) {
        given.put("DROVER_HOST", value);
    }

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "anthropic/NAME, openai/NAME, gemini/NAME, ollama/NAME or offline (DROVER_MODEL).")
    void model(String value) {
        given.put("DROVER_MODEL", value);
    }

    @Option(
            names = "--computers",
            paramLabel = "KIND",
            description = "auto, bubblewrap, docker, or process, which isolates nothing (DROVER_COMPUTERS; auto).")
    void computers(String value) {
        given.put("DROVER_COMPUTERS", value);
    }

    @Option(
            names = "--computer-image",
            paramLabel = "IMAGE",
            description = "Of which image containers are made (DROVER_COMPUTER_IMAGE; trinity-agent-base:latest).")
    void computerImage(String value) {
        given.put("DROVER_COMPUTER_IMAGE", value);
    }

    @Option(
            names = "--computers-warm",
            paramLabel = "COUNT",
            description = "How many containers stand ready for agents to come (DROVER_COMPUTERS_WARM; 1).")
    void computersWarm(String value) {
        given.put("DROVER_COMPUTERS_WARM", value);
    }

    @Option(names = "--plan", paramLabel = "PLAN", description = "DROVER_PLAN; unlimited.")
    void plan(String value) {
        given.put("DROVER_PLAN", value);
    }

    @Option(
            names = "--skills",
            paramLabel = "FOLDER",
            description = "The library of skills, a folder for each (DROVER_SKILLS; skills in the data folder).")
    void skills(String value) {
        given.put("DROVER_SKILLS", value);
    }

    @Option(
            names = "--templates",
            paramLabel = "LIST",
            description = "GitHub repositories to offer as templates: owner/name,... (DROVER_TEMPLATES).")
    void templates(String value) {
        given.put("DROVER_TEMPLATES", value);
    }

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "A JSON file of what models cost (DROVER_PRICES; prices that come with Drover).")
    void prices(String value) {
        given.put("DROVER_PRICES", value);
    }

    @Option(
            names = "--avatar-model",
            paramLabel = "NAME",
            description = "Gemini's model that draws avatars, with GEMINI_API_KEY (DROVER_AVATAR_MODEL).")
    void avatarModel(String value) {
        given.put("DROVER_AVATAR_MODEL", value);
    }

    @Option(
            names = "--templates-folder",
            paramLabel = "FOLDER",
            description = "Templates of this host, a folder for each (DROVER_TEMPLATES_FOLDER).")
    void templatesFolder(String value) {
        given.put("DROVER_TEMPLATES_FOLDER", value);
    }

    @Option(
            names = "--github-url",
            paramLabel = "URL",
            description = "Where repositories are fetched from (DROVER_GITHUB_URL; https://github.com).")
    void githubUrl(String value) {
        given.put("DROVER_GITHUB_URL", value);
    }

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description = "The OpenID provider that people may log in through (DROVER_OIDC_ISSUER).")
    void oidcIssuer(String value) {
        given.put("DROVER_OIDC_ISSUER", value);
    }

    @Option(
            names = "--oidc-client-id",
            paramLabel = "ID",
            description = "What this server is called there (DROVER_OIDC_CLIENT_ID).")
    void oidcClientId(String value) {
        given.put("DROVER_OIDC_CLIENT_ID", value);
    }

    @Option(
            names = "--oidc-name",
            paramLabel = "TEXT",
            description = "What the button says (DROVER_OIDC_NAME; single sign-on).")
    void oidcName(String value) {
        given.put("DROVER_OIDC_NAME", value);
    }

    @Option(
            names = "--oidc-admins",
            paramLabel = "LIST",
            description = "Addresses that become administrators (DROVER_OIDC_ADMINS).")
    void oidcAdmins(String value) {
        given.put("DROVER_OIDC_ADMINS", value);
    }

    @Option(
            names = "--ssh-bind",
            paramLabel = "HOST",
            description = "The address for SSH clients (DROVER_SSH_BIND; the one of --host).")
    void sshBind(String value) {
        given.put("DROVER_SSH_BIND", value);
    }

    @Option(
            names = "--model-vision",
            paramLabel = "WORD",
            description = "Whether the model is shown pictures: auto, yes or no (DROVER_MODEL_VISION; auto).")
    void modelVision(String value) {
        given.put("DROVER_MODEL_VISION", value);
    }

    @Option(
            names = "--cors-origins",
            paramLabel = "LIST",
            description = "Origins of pages that may call, comma-separated (DROVER_CORS_ORIGINS; none).")
    void corsOrigins(String value) {
        given.put("DROVER_CORS_ORIGINS", value);
    }

    @Option(
            names = "--require-setup",
            description = "Leave the first password to the setup (DROVER_REQUIRE_SETUP; a random one is made).")
    void requireSetup(boolean value) {
        given.put("DROVER_REQUIRE_SETUP", String.valueOf(value));
    }

    @Option(
            names = "--smtp-url",
            paramLabel = "URL",
            description = "smtp://user:password@host:port, or smtps:, for login codes (DROVER_SMTP_URL; the log).")
    void smtpUrl(String value) {
        given.put("DROVER_SMTP_URL", value);
    }

    @Option(names = "--mail-from", paramLabel = "ADDRESS", description = "Who mail comes from (DROVER_MAIL_FROM).")
    void mailFrom(String value) {
        given.put("DROVER_MAIL_FROM", value);
    }

    @Option(
            names = "--embedding-model",
            paramLabel = "NAME",
            description = "What memories are searched by: minilm, none, or of a server (DROVER_EMBEDDING_MODEL).")
    void embeddingModel(String value) {
        given.put("DROVER_EMBEDDING_MODEL", value);
    }

    @Option(
            names = "--embedding-base-url",
            paramLabel = "URL",
            description = "Where that model answers (DROVER_EMBEDDING_BASE_URL).")
    void embeddingBaseUrl(String value) {
        given.put("DROVER_EMBEDDING_BASE_URL", value);
    }

    @Option(
            names = "--recall-count",
            paramLabel = "NUMBER",
            description = "How many memories a run is reminded of (DROVER_RECALL_COUNT; 5).")
    void recallCount(String value) {
        given.put("DROVER_RECALL_COUNT", value);
    }

    @Option(
            names = "--recall-cosine",
            paramLabel = "NUMBER",
            description = "How near they must be to the task (DROVER_RECALL_COSINE; 0.35).")
    void recallCosine(String value) {
        given.put("DROVER_RECALL_COSINE", value);
    }

    @Option(
            names = "--dedupe-cosine",
            paramLabel = "NUMBER",
            description = "How near memories must be to be merged (DROVER_DEDUPE_COSINE; 0.95).")
    void dedupeCosine(String value) {
        given.put("DROVER_DEDUPE_COSINE", value);
    }

    @Option(
            names = "--context-file-mb",
            paramLabel = "NUMBER",
            description = "How large a file for an agent may be (DROVER_CONTEXT_FILE_MB; 20).")
    void contextFileMb(String value) {
        given.put("DROVER_CONTEXT_FILE_MB", value);
    }

    @Option(
            names = "--contexts-per-agent",
            paramLabel = "NUMBER",
            description = "How many files an agent may have (DROVER_CONTEXTS_PER_AGENT; 20).")
    void contextsPerAgent(String value) {
        given.put("DROVER_CONTEXTS_PER_AGENT", value);
    }

    @Option(
            names = "--contexts-per-team",
            paramLabel = "NUMBER",
            description = "How many files a team may have (DROVER_CONTEXTS_PER_TEAM; 50).")
    void contextsPerTeam(String value) {
        given.put("DROVER_CONTEXTS_PER_TEAM", value);
    }

    @Option(
            names = "--plan-concurrent",
            paramLabel = "NUMBER",
            description = "DROVER_PLAN_CONCURRENT; as the plan says.")
    void planConcurrent(String value) {
        given.put("DROVER_PLAN_CONCURRENT", value);
    }

    @Option(
            names = "--plan-agent-hours",
            paramLabel = "NUMBER",
            description = "DROVER_PLAN_AGENT_HOURS; as the plan says.")
    void planAgentHours(String value) {
        given.put("DROVER_PLAN_AGENT_HOURS", value);
    }

    @Option(
            names = "--plan-run-minutes",
            paramLabel = "NUMBER",
            description = "DROVER_PLAN_RUN_MINUTES; as the plan says.")
    void planRunMinutes(String value) {
        given.put("DROVER_PLAN_RUN_MINUTES", value);
    }

    @Option(
            names = "--plan-spawns-per-minute",
            paramLabel = "NUMBER",
            description = "DROVER_PLAN_SPAWNS_PER_MINUTE; as the plan says.")
    void planSpawnsPerMinute(String value) {
        given.put("DROVER_PLAN_SPAWNS_PER_MINUTE", value);
    }

    @Option(
            names = "--plan-spawns-per-hour",
            paramLabel = "NUMBER",
            description = "DROVER_PLAN_SPAWNS_PER_HOUR; as the plan says.")
    void planSpawnsPerHour(String value) {
        given.put("DROVER_PLAN_SPAWNS_PER_HOUR", value);
    }

    @Option(
            names = "--plan-cpu-percent",
            paramLabel = "NUMBER",
            description = "DROVER_PLAN_CPU_PERCENT; as the plan says.")
    void planCpuPercent(String value) {
        given.put("DROVER_PLAN_CPU_PERCENT", value);
    }

    @Option(names = "--plan-memory-mb", paramLabel = "NUMBER", description = "DROVER_PLAN_MEMORY_MB; as the plan says.")
    void planMemoryMb(String value) {
        given.put("DROVER_PLAN_MEMORY_MB", value);
    }

    @Option(names = "--plan-memories", paramLabel = "NUMBER", description = "DROVER_PLAN_MEMORIES; as the plan says.")
    void planMemories(String value) {
        given.put("DROVER_PLAN_MEMORIES", value);
    }

    @Option(
            names = "--egress-allow",
            paramLabel = "LIST",
            description = "host:port or CIDR, comma-separated, to let through the guard (DROVER_EGRESS_ALLOW).")
    void egressAllow(String value) {
        given.put("DROVER_EGRESS_ALLOW", value);
    }

    @Option(names = "--public-url", paramLabel = "URL", description = "Where clients find it (DROVER_PUBLIC_URL).")
    void publicUrl(String value) {
        given.put("DROVER_PUBLIC_URL", value);
    }

    @Option(
            names = "--requests-per-minute",
            paramLabel = "NUMBER",
            description = "Of an organization in the Make dialect (DROVER_REQUESTS_PER_MINUTE; unlimited).")
    void requestsPerMinute(String value) {
        given.put("DROVER_REQUESTS_PER_MINUTE", value);
    }

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Of the times that models are told (DROVER_TIME_ZONE; the system's).")
    void timeZone(String value) {
        given.put("DROVER_TIME_ZONE", value);
    }

    @Option(
            names = "--run-wait-seconds",
            paramLabel = "NUMBER",
            description = "How long a caller may wait for the end of a run (DROVER_RUN_WAIT_SECONDS; 280).")
    void runWaitSeconds(String value) {
        given.put("DROVER_RUN_WAIT_SECONDS", value);
    }

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "postgresql://user:password@host:port/name (DROVER_DATABASE_URL; embedded).")
    void databaseUrl(String value) {
        given.put("DROVER_DATABASE_URL", value);
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
                .map(name -> "--"
                        + name.substring("DROVER_".length())
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', '-'))
                .orElse(null);
    }
}
