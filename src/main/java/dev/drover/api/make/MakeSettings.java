package dev.drover.api.make;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.core.conversation.OutputFormat;
import dev.drover.core.conversation.Settings;
import dev.drover.core.conversation.SettingsChange;
import dev.drover.core.id.ConnectionId;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.scenario.Field;
import dev.drover.core.tool.ToolGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shared objects of the contract's section 2, as they are read and shown. */
final class MakeSettings {
    private static final String STRUCTURED = "make-schema";
    private static final String APPROVAL = "approval-required";

    private MakeSettings() {}

    @CamelCase
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Llm(@Nullable Integer maxTokens) {}

    @CamelCase
    record History(int iterationsFromHistoryCount) {}

    @CamelCase
    record Invocation(int recursionLimit, int timeout) {}

    @CamelCase
    record Scenario(int makeScenarioId, String approvalMode) {
        static Scenario of(ToolGrant.OfScenario granted) {
            return new Scenario(granted.scenario().value(), granted.withApproval() ? APPROVAL : "auto-run");
        }
    }

    @CamelCase
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Output(String type, @Nullable List<MakeField> schema) {
        static Output of(OutputFormat format) {
            return new Output(
                    format.structured() ? STRUCTURED : "text",
                    format.fields().isEmpty() ? null : MakeField.list(format.fields()));
        }
    }

    static Invocation invocation(Settings settings) {
        return new Invocation(settings.recursionLimit(), settings.stepSeconds());
    }

    static List<Scenario> scenarios(Settings settings) {
        return settings.scenarios().stream().map(Scenario::of).toList();
    }

    /**
     * What an object says of settings.
     *
     * @param within its own path, with a dot behind it; empty for the body itself
     * @param format the member that tells of the output: {@code outputParserFormat} or {@code outputParser}
     * @param whole whether entries of mcpConfigs must be given whole, as in a change
     */
    static SettingsChange read(Fields fields, String within, String format, boolean whole) {
        Fields llm = fields.object("llmConfig");
        Fields invocation = fields.object("invocationConfig");
        Fields output = fields.object(format);
        String type = output == null ? null : output.text("type");
        if (output != null && type != null && !type.equals("text") && !type.equals(STRUCTURED)) {
            throw output.wrong("type", "must be text or make-schema, but is '" + type + "'");
        }
        List<Field> schema = output == null ? null : MakeField.read(output, "schema");
        return new SettingsChange(
                within,
                format,
                number(llm, "maxTokens", 1, Integer.MAX_VALUE),
                number(invocation, "recursionLimit", 1, Settings.MOST_STEPS),
                number(invocation, "timeout", 1, Settings.LONGEST_STEP),
                history(fields),
                scenarios(fields),
                servers(fields, whole),
                type == null ? null : Boolean.valueOf(type.equals(STRUCTURED)),
                schema);
    }

    private static @Nullable Integer number(@Nullable Fields within, String name, int least, int most) {
        Integer number = within == null ? null : within.looseInteger(name);
        if (within != null && number != null && (number < least || number > most)) {
            String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw within.wrong(name, "must be " + range + ", but is " + number);
        }
        return number;
    }

    /** Null there means the usual again (contract, section 3.4). */
    private static @Nullable Integer history(Fields fields) {
        if (fields.isGiven("historyConfig") && !fields.has("historyConfig")) {
            return Settings.USUAL_HISTORY;
        }
        return number(fields.object("historyConfig"), "iterationsFromHistoryCount", 0, Settings.LONGEST_HISTORY);
    }

    private static @Nullable List<ToolGrant.OfScenario> scenarios(Fields fields) {
        List<Fields> given = fields.objects("scenarios");
        return given == null
                ? null
                : given.stream()
                        .map(each -> new ToolGrant.OfScenario(
                                new ScenarioId(needed(each, "makeScenarioId")), needsApproval(each)))
                        .toList();
    }

    private static boolean needsApproval(Fields scenario) {
        String mode = scenario.text("approvalMode");
        if (mode != null && !mode.equals("auto-run") && !mode.equals(APPROVAL)) {
            throw scenario.wrong("approvalMode", "must be auto-run or approval-required, but is '" + mode + "'");
        }
        return APPROVAL.equals(mode);
    }

    private static @Nullable List<ToolGrant.OfServer> servers(Fields fields, boolean whole) {
        List<Fields> given = fields.objects("mcpConfigs");
        return given == null
                ? null
                : given.stream().map(each -> server(each, whole)).toList();
    }

    private static ToolGrant.OfServer server(Fields server, boolean whole) {
        List<String> tools = server.texts("toolIds");
        if (tools == null && whole) {
            throw server.wrong("toolIds", "Required");
        }
        return new ToolGrant.OfServer(
                new ConnectionId(needed(server, "mcpConnectionId")), tools == null ? List.of() : tools);
    }

    /** A number that must be there. */
    static int needed(Fields fields, String name) {
        Integer number = fields.looseInteger(name);
        if (number == null) {
            throw fields.wrong(name, "Required");
        }
        return number;
    }

    /** A text that must be there. */
    static String neededText(Fields fields, String name) {
        String text = fields.text(name);
        if (text == null) {
            throw fields.wrong(name, "Required");
        }
        return text;
    }
}
