package dev.drover.api.jettson;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.overview.Reasons;

/** Why agents stand where they stand, those of other dialects too. */
public final class JettsonReasons {
    private final Reasons reasons;

    public JettsonReasons(Reasons reasons) {
        this.reasons = reasons;
    }

    public Operation why() {
        return Operation.of(
                        "Tell why an agent stands where it stands: who has it, what it does or waits for", this::why)
                .answers(200, JettsonWhy.class)
                .refuses(404);
    }

    private Answer why(Call call) {
        return Answer.ok(JettsonWhy.of(reasons.why(call.caller(), call.path("id"))));
    }
}
