package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.setting.KnownSetting;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.SettingState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** All settings of the server, for administrators: those that can be changed now, and those of its start. */
public final class ConsoleSettings {
    private final ServerSettings settings;
    private final List<KnownSetting> more;
    private final List<AtStart> start;

    /**
     * The settings of a server.
     *
     * @param more settings that other rooms than that of settings know
     * @param start by the variable that sets it; of a secret only whether there is one
     */
    public ConsoleSettings(ServerSettings settings, List<KnownSetting> more, SequencedMap<String, String> start) {
        this.settings = settings;
        this.more = List.copyOf(more);
        this.start = start.entrySet().stream().map(AtStart::of).toList();
    }

    public Operation list() {
        return Operation.of("List the settings of the server, as an administrator; never a secret", this::list)
                .answers(200, Listed.class);
    }

    private Answer list(Call call) {
        call.caller().needAdmin();
        return Answer.ok(
                new Listed(settings.states(more).stream().map(Shown::of).toList(), start));
    }

    /** People put passwords into addresses. */
    private static String withoutPassword(String value) {
        return value.replaceAll("://[^/@\\s]*@", "://(set)@");
    }

    /** What can be changed by {@code PUT /api/settings/{key}}, and what was set at the start of the server. */
    record Listed(List<Shown> settings, List<AtStart> start) {}

    /**
     * A setting that can be changed while the server runs.
     *
     * @param kind {@code switch}, {@code text}, or {@code other} for one that means nothing to this server
     * @param value null for one that means nothing here
     * @param changedAt null while it is as it came
     */
    record Shown(
            String key,
            String kind,
            @Nullable String value,
            String defaultValue,
            String purpose,
            @Nullable Instant changedAt) {
        static Shown of(SettingState state) {
            KnownSetting known = state.known();
            String value = state.value();
            if (known == null) {
                return new Shown(
                        state.key(), "other", null, "", "Kept for clients; it means nothing here", state.changedAt());
            }
            return new Shown(
                    state.key(),
                    known.isSwitch() ? "switch" : "text",
                    value == null ? null : withoutPassword(value),
                    known.usual(),
                    known.purpose(),
                    state.changedAt());
        }
    }

    /** A setting that takes a restart, by the variable that sets it. */
    record AtStart(String name, String value) {
        static AtStart of(Map.Entry<String, String> entry) {
            return new AtStart(entry.getKey(), withoutPassword(entry.getValue()));
        }
    }
}
