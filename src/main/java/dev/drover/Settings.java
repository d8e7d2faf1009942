package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.context.ContextLimits;
import dev.drover.core.egress.EgressGuard;
import dev.drover.core.usage.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, read once from flags and environment; a flag wins over the variable of the same name.
 *
 * @param port 0 for any free one
 * @param data where the server keeps everything, by the name the user gave
 * @param reach the same folder, by a name that other users of the system can get to; the server itself works here
 * @param databaseUrl null for the embedded PostgreSQL
 * @param rootKey what secrets are sealed with; null for one kept in the data folder
 * @param egressAllow what agents may reach although the guard forbids it: {@code host:port} or CIDR
 * @param publicUrl where clients find this server, when that is not its host and port
 * @param corsOrigins of pages that may call from a browser
 * @param agentImages which base images agents may ask for; an asterisk stands for anything
 * @param signingKey of login tokens; null for one kept in the database
 * @param requestsPerMinute how many an organization may make of the Make dialect
 * @param timeZone of the times that models are told
 * @param runWait how long a caller may wait for the end of a run
 * @param traces where OpenTelemetry traces go (OTLP); null for nowhere
 */
public record Settings(
        int port,
        String host,
        Path data,
        Path reach,
        @Nullable Secret databaseUrl,
        AdminChoice admin,
        MailChoice mail,
        OidcChoice oidc,
        @Nullable Secret rootKey,
        ModelChoice model,
        Sight sight,
        Map<Vendor, Endpoint> vendors,
        Computers computers,
        EngineChoice engine,
        KubeChoice kube,
        Plan plan,
        List<String> egressAllow,
        @Nullable URI publicUrl,
        Set<String> corsOrigins,
        List<String> agentImages,
        @Nullable Secret signingKey,
        int requestsPerMinute,
        ZoneId timeZone,
        Duration runWait,
        @Nullable URI traces,
        MemoryChoice memory,
        ContextLimits contexts,
        FleetChoice fleet,
        TemplateChoice templates,
        FilesChoice files,
        SshChoice ssh,
        SlawChoice slaw,
        KeepChoice keep,
        ReliefChoice relief,
        NodeChoice node) {
    /** Set by the launcher when it made a passable way to the data folder. */
    public static final String REACH_PROPERTY = "drover.data.reach";

    private static final Pattern DATABASE =
            Pattern.compile("postgres(?:ql)?://[^\\s:/@]+(?::[^\\s@]*)?@[^\\s/@]+/[^\\s/?]+(?:\\?\\S*)?");

    public Settings {
        vendors = Map.copyOf(vendors);
        egressAllow = List.copyOf(egressAllow);
    }

    /** What runs an agent's commands; {@code AUTO} takes the best that really works here. */
    public enum Computers {
        AUTO,
        BUBBLEWRAP,
        DOCKER,
        KUBERNETES,
        PROCESS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the model is shown pictures; {@code AUTO} goes by what is known of its vendor and name. */
    public enum Sight {
        AUTO,
        YES,
        NO;

        @Nullable Boolean sees() {
            return this == AUTO ? null : this == YES;
        }
    }

    /**
     * How to talk to a vendor.
     *
     * @param baseUrl null for the vendor's own
     */
    public record Endpoint(@Nullable Secret key, @Nullable URI baseUrl) {
        static final Endpoint NONE = new Endpoint(null, null);

        boolean isGiven() {
            return key != null || baseUrl != null;
        }
    }

    /** Text that must not be shown; printing it shows that there is one. */
    public record Secret(String text) {
        @Override
        public String toString() {
            return "(set)";
        }
    }

    /**
     * Reads the settings.
     *
     * @param flags given flags by the name of the variable they stand for, such as {@code DROVER_PORT}
     * @throws StartFailure naming the value, what was expected, and the remedy
     */
    public static Settings read(Map<String, String> flags, Map<String, String> environment) {
        Given given = new Given(flags, environment);
        Path data = folder(flags, environment);
        Map<Vendor, Endpoint> vendors = Vendor.endpoints(given);
        return new Settings(
                given.port("DROVER_PORT", given.port("PORT", 8000)),
                given.host(),
                data,
                Optional.ofNullable(System.getProperty(REACH_PROPERTY))
                        .map(Path::of)
                        .orElse(data),
                given.matching("DROVER_DATABASE_URL", DATABASE, "postgresql://user:password@host:port/name")
                        .map(Secret::new)
                        .orElse(null),
                AdminChoice.read(given),
                MailChoice.read(given),
                OidcChoice.read(given),
                given.text("DROVER_ROOT_KEY").map(Secret::new).orElse(null),
                ModelChoice.read(given, vendors),
                given.word("DROVER_MODEL_VISION", Sight.AUTO),
                vendors,
                given.word("DROVER_COMPUTERS", Computers.AUTO),
                EngineChoice.read(given),
                KubeChoice.read(given),
                plan(given),
                allowed(given),
                given.web("DROVER_PUBLIC_URL").orElse(null),
                origins(given),
                images(given),
                given.text("SECRET_KEY").map(Secret::new).orElse(null),
                given.count("DROVER_REQUESTS_PER_MINUTE", true).orElse(Plan.NO_LIMIT),
                given.zone("DROVER_TIME_ZONE"),
                Duration.ofSeconds(given.within("DROVER_RUN_WAIT_SECONDS", 1, 3_600, 280)),
                given.web("OTEL_EXPORTER_OTLP_ENDPOINT").orElse(null),
                MemoryChoice.read(given),
                ContextRoom.limits(given),
                FleetChoice.read(given, data),
                TemplateChoice.read(given, data),
                FilesChoice.read(given),
                SshChoice.read(given, given.host()),
                SlawChoice.read(given),
                KeepChoice.read(given),
                ReliefChoice.read(given),
                NodeChoice.read(given));
    }

    /** The data folder alone, for commands that start no server and so do not care about the rest. */
    public static Path folder(Map<String, String> flags, Map<String, String> environment) {
        Given given = new Given(flags, environment);
        return given.folder(given.text("DROVER_DATA").isPresent() ? "DROVER_DATA" : "SLAW_HOME", ".drover");
    }

    private static Plan plan(Given given) {
        Plan plan = Plan.of(given.oneOf("DROVER_PLAN", Plan.words()).orElse("unlimited"));
        for (Plan.Limit limit : Plan.Limit.values()) {
            Optional<Integer> number = given.count("DROVER_PLAN_" + limit, limit.mayBeLifted());
            if (number.isPresent()) {
                plan = plan.with(limit, number.get());
            }
        }
        return plan;
    }

    private static List<String> images(Given given) {
        List<String> images = given.list("AGENT_BASE_IMAGES");
        return images.isEmpty() ? List.of("trinity-agent-base:*") : List.copyOf(images);
    }

    private static Set<String> origins(Given given) {
        Set<String> origins = new LinkedHashSet<>();
        for (String name : List.of("DROVER_CORS_ORIGINS", "EXTRA_CORS_ORIGINS")) {
            for (String origin : given.list(name)) {
                if (!origin.matches("https?://[^/\\s*]+")) {
                    throw given.wrong(name, origin, "a list of origins such as https://app.example");
                }
                origins.add(origin);
            }
        }
        return origins;
    }

    private static List<String> allowed(Given given) {
        List<String> entries = given.list("DROVER_EGRESS_ALLOW");
        for (String entry : entries) {
            try {
                // The guard itself judges, so that nothing passes here that it would stumble over later.
                var _ = new EgressGuard(host -> List.of(), List.of(entry), List.of());
            } catch (IllegalArgumentException e) {
                throw given.wrong(
                        "DROVER_EGRESS_ALLOW", entry, "a list of host:port (db.internal:5432) and CIDR (10.0.0.0/8)");
            }
        }
        return entries;
    }

    public Endpoint endpoint(Vendor vendor) {
        return vendors.getOrDefault(vendor, Endpoint.NONE);
    }

    /** The flag that stands for a variable: {@code --egress-allow} for {@code DROVER_EGRESS_ALLOW}. */
    public static String flag(String variable) {
        return "--"
                + variable.replaceFirst("^DROVER_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Every setting as a person may see it, by its variable; of a secret, only whether there is one. */
    public SequencedMap<String, String> shown() {
        SequencedMap<String, String> shown = new LinkedHashMap<>();
        shown.put("DROVER_HOST", host);
        shown.put("DROVER_PORT", String.valueOf(port));
        shown.put("DROVER_DATA", data.toString());
        shown.put("DROVER_DATABASE_URL", databaseUrl == null ? "(embedded PostgreSQL)" : databaseUrl.toString());
        admin.show(shown);
        mail.show(shown);
        oidc.show(shown);
        shown.put("DROVER_ROOT_KEY", rootKey == null ? "(kept in the data folder)" : rootKey.toString());
        shown.put("DROVER_MODEL", model.toString());
        shown.put("DROVER_MODEL_VISION", sight.name().toLowerCase(Locale.ROOT));
        for (Vendor vendor : Vendor.values()) {
            vendor.show(endpoint(vendor), shown);
        }
        shown.put("DROVER_COMPUTERS", computers.word());
        engine.show(shown);
        kube.show(shown);
        shown.put("DROVER_PLAN", plan.toString());
        memory.show(shown);
        shown.put("DROVER_CONTEXT_FILE_MB", String.valueOf(contexts.fileMegabytes()));
        shown.put("DROVER_CONTEXTS_PER_AGENT", String.valueOf(contexts.perAgent()));
        shown.put("DROVER_CONTEXTS_PER_TEAM", String.valueOf(contexts.perTeam()));
        fleet.show(shown);
        templates.show(shown);
        files.show(shown);
        ssh.show(shown);
        slaw.show(shown);
        node.show(shown);
        keep.show(shown);
        relief.show(shown);
        shown.put("DROVER_EGRESS_ALLOW", egressAllow.isEmpty() ? "(none)" : String.join(",", egressAllow));
        shown.put("DROVER_PUBLIC_URL", publicUrl == null ? "(none)" : publicUrl.toString());
        shown.put("AGENT_BASE_IMAGES", String.join(",", agentImages));
        shown.put("DROVER_CORS_ORIGINS", corsOrigins.isEmpty() ? "(none)" : String.join(",", corsOrigins));
        shown.put("SECRET_KEY", signingKey == null ? "(kept in the database)" : signingKey.toString());
        shown.put(
                "DROVER_REQUESTS_PER_MINUTE",
                requestsPerMinute == Plan.NO_LIMIT ? "unlimited" : String.valueOf(requestsPerMinute));
        shown.put("DROVER_TIME_ZONE", timeZone.toString());
        shown.put("DROVER_RUN_WAIT_SECONDS", String.valueOf(runWait.toSeconds()));
        shown.put("OTEL_EXPORTER_OTLP_ENDPOINT", traces == null ? "(none)" : traces.toString());
        return shown;
    }
}
