package dev.drover.provider.telemetry;

import java.util.Locale;

/** Words of OpenTelemetry's conventions for generative AI, as of version 1.41.0. */
final class GenAi {
    static final String SCHEMA = "https://opentelemetry.io/schemas/1.41.0";

    static final String OPERATION = "gen_ai.operation.name";
    static final String PROVIDER = "gen_ai.provider.name";
    static final String REQUEST_MODEL = "gen_ai.request.model";
    static final String TOOL = "gen_ai.tool.name";
    static final String ERROR = "error.type";

    static final String INVOKE_AGENT = "invoke_agent";
    static final String CHAT = "chat";
    static final String EXECUTE_TOOL = "execute_tool";

    private GenAi() {}

    /** A constant of ours as the conventions write theirs. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A model by its provider and its name there. */
    record Model(String provider, String name) {
        /** Reads {@code vendor/name}; one without vendor is its own. */
        static Model of(String spelled) {
            int slash = spelled.indexOf('/');
            String vendor = slash < 0 ? spelled : spelled.substring(0, slash);
            return new Model(vendor.equals("gemini") ? "gcp.gemini" : vendor, spelled.substring(slash + 1));
        }
    }
}
