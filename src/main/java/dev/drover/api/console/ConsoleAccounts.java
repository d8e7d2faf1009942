package dev.drover.api.console;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Fields;
import dev.drover.api.http.Operation;
import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Accounts;
import dev.drover.core.access.ChangeAccount;
import dev.drover.core.access.NewAccount;
import dev.drover.core.access.PasswordChanges;
import dev.drover.core.access.Role;
import dev.drover.core.access.Visitor;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** People as administrators keep them, and everybody's own password. */
public final class ConsoleAccounts {
    private final Accounts accounts;
    private final PasswordChanges passwords;

    public ConsoleAccounts(Accounts accounts, PasswordChanges passwords) {
        this.accounts = accounts;
        this.passwords = passwords;
    }

    public Operation list() {
        return Operation.of("List the people of this server, oldest first; for administrators", this::list)
                .answers(200, ConsoleAccount.Listed.class);
    }

    private Answer list(Call call) {
        return Answer.ok(new ConsoleAccount.Listed(
                accounts.list(call.caller()).stream().map(ConsoleAccount::of).toList()));
    }

    public Operation create() {
        return Operation.of("Make a user; for administrators", this::create)
                .takes(ConsoleAccount.Wish.class)
                .answers(201, ConsoleAccount.class)
                .refuses(400, 409, 413);
    }

    private Answer create(Call call) {
        // Whoever may not make anybody learns nothing about what a wish would need.
        call.caller().needAdmin();
        Fields fields = call.fields();
        Role role = role(fields);
        NewAccount wish = new NewAccount(
                ConsoleSessions.needed(fields, "username"),
                fields.text("password"),
                role == null ? Role.USER : role,
                fields.text("email"));
        return Answer.json(201, ConsoleAccount.of(accounts.create(call.caller(), wish)));
    }

    public Operation change() {
        return Operation.of("Change a user's role or password, or disable it; for administrators", this::change)
                .takes(ConsoleAccount.Change.class)
                .answers(200, ConsoleAccount.class)
                .refuses(400, 404, 409, 413);
    }

    private Answer change(Call call) {
        call.caller().needAdmin();
        Fields fields = call.fields();
        ChangeAccount wish = new ChangeAccount(role(fields), fields.text("password"), fields.flag("disabled"));
        return Answer.ok(ConsoleAccount.of(accounts.change(call.caller(), call.path("name"), wish)));
    }

    public Operation password() {
        return Operation.of("Change the caller's own password; all logins of before are over", this::password)
                .takes(ConsoleAccount.NewPassword.class)
                .answersType(204, "")
                .refuses(400, 413, 429);
    }

    private Answer password(Call call) {
        Fields fields = call.fields();
        passwords.own(
                call.caller(),
                fields.text("current"),
                ConsoleSessions.needed(fields, "new"),
                Visitor.of(call.address(), null));
        return Answer.noContent();
    }

    private static @Nullable Role role(Fields fields) {
        String word = fields.text("role");
        if (word == null) {
            return null;
        }
        return Arrays.stream(Role.values())
                .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        new Problem.Invalid("role", "is '" + word + "'; it must be user, operator or admin")));
    }
}
