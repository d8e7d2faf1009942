package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.Setting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The settings of the whole server, for administrators (contract, section 6). */
public final class TrinitySettings {
    private final ServerSettings settings;

    public TrinitySettings(ServerSettings settings) {
        this.settings = settings;
    }

    public Operation get() {
        return Operation.of("Read a setting of the server", this::get)
                .answers(200, Shown.class)
                .refuses(404);
    }

    private Answer get(Call call) {
        call.caller().needAdmin();
        return settings.find(call.path("key"))
                .map(setting -> Answer.ok(Shown.of(setting)))
                .orElseGet(() -> TrinityError.answer(404, "Setting '" + call.path("key") + "' not found"));
    }

    public Operation put() {
        return Operation.of("Change a setting of the server", this::put)
                .takes(Wish.class)
                .answers(200, Shown.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400);
    }

    private Answer put(Call call) {
        call.caller().needAdmin();
        Wish wish = TrinityBody.read(call, body -> new Wish(body.text("value")));
        return Answer.ok(Shown.of(settings.put(call.caller().actor(), call.path("key"), wish.value)));
    }

    public Operation delete() {
        return Operation.of("Set a setting of the server back to what it came as", this::delete)
                .answers(200, Deleted.class);
    }

    private Answer delete(Call call) {
        call.caller().needAdmin();
        boolean deleted = settings.delete(call.caller().actor(), call.path("key"));
        return Answer.ok(new Deleted(true, deleted));
    }

    record Wish(String value) {}

    record Deleted(boolean success, boolean deleted) {}

    record Shown(String key, String value, @Nullable Instant updatedAt) {
        static Shown of(Setting setting) {
            return new Shown(setting.key(), setting.value(), setting.changedAt());
        }
    }
}
