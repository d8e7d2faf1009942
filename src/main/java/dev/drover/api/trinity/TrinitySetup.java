package dev.drover.api.trinity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.access.Setup;
import org.jspecify.annotations.Nullable;

/** The first-time setup (contract, section 3.1). */
public final class TrinitySetup {
    private final Setup setup;

    public TrinitySetup(Setup setup) {
        this.setup = setup;
    }

    public Operation status() {
        return Operation.of(
                        "Tell whether the administrator has a password",
                        call -> Answer.ok(new State(setup.isCompleted())))
                .answers(200, State.class);
    }

    public Operation adminPassword() {
        return Operation.of("Set the administrator's password, once", this::adminPassword)
                .takes(Wish.class)
                .answers(200, TrinityDone.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 403);
    }

    private Answer adminPassword(Call call) {
        // What a page of another origin can send without leave has no JSON type, and so does not count as from here.
        boolean nearby = call.isNearby() && call.header("Content-Type") != null;
        if (setup.isCompleted()) {
            setup.refuseUnlessOpen(nearby, null);
        }
        Wish wish = TrinityBody.read(
                call,
                body -> new Wish(body.text("password"), body.text("confirm_password"), body.textIfAny("setup_token")));
        setup.refuseUnlessOpen(nearby, wish.setupToken);
        setup.adminPassword(wish.password, wish.confirmPassword);
        return Answer.ok(TrinityDone.YES);
    }

    record State(boolean setupCompleted) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Wish(
            String password,
            String confirmPassword,
            @Nullable String setupToken) {}
}
