package dev.drover.api.trinity;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import dev.drover.core.access.LoginEmail;
import dev.drover.core.access.LoginEmails;
import java.time.Instant;
import java.util.List;

/** The list of those who may log in by mail (contract, section 3.3); for administrators. */
public final class TrinityLoginEmails {
    private final LoginEmails emails;

    public TrinityLoginEmails(LoginEmails emails) {
        this.emails = emails;
    }

    public Operation list() {
        return Operation.of(
                        "List who may log in by mail",
                        call -> Answer.ok(new Listed(emails.list(call.caller()).stream()
                                .map(Entry::of)
                                .toList())))
                .answers(200, Listed.class);
    }

    public Operation add() {
        return Operation.of("Let an address log in by mail", this::add)
                .takes(Wish.class)
                .answers(200, Changed.class)
                .answers(422, TrinityMisfit.class)
                .refuses(400, 409);
    }

    private Answer add(Call call) {
        call.caller().needAdmin();
        Wish wish = TrinityBody.read(call, body -> new Wish(body.text("email")));
        String email = emails.add(call.caller(), wish.email);
        return Answer.ok(new Changed(true, email, "Email " + email + " added to whitelist"));
    }

    public Operation remove() {
        return Operation.of("Let an address log in by mail no longer", this::remove)
                .answers(200, Changed.class)
                .refuses(404);
    }

    private Answer remove(Call call) {
        String email = call.path("email");
        return emails.remove(call.caller(), email)
                ? Answer.ok(new Changed(true, email, "Email " + email + " removed from whitelist"))
                : TrinityError.answer(404, "Email not on the whitelist: " + email);
    }

    record Wish(String email) {}

    record Changed(boolean success, String email, String message) {}

    record Listed(List<Entry> whitelist) {}

    record Entry(long id, String email, String addedBy, Instant addedAt, String source) {
        static Entry of(LoginEmail email) {
            return new Entry(email.id(), email.email(), email.addedBy(), email.addedAt(), email.source());
        }
    }
}
