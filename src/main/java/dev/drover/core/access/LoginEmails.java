package dev.drover.core.access;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.audit.Audit;
import dev.drover.core.setting.ServerSettings;
import dev.drover.core.setting.Switch;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who may log in by mail: administrators keep the list, and sharing an agent adds to it. */
public final class LoginEmails {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,255}");

    private static final String SHARED = "agent_sharing";

    private final MailLoginStore store;
    private final ServerSettings settings;
    private final Audit audit;
    private final Clock clock;

    public LoginEmails(MailLoginStore store, ServerSettings settings, Audit audit, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    public List<LoginEmail> list(Caller caller) {
        caller.needAdmin();
        return store.emails();
    }

    /** As it is kept. */
    public String add(Caller caller, String email) {
        caller.needAdmin();
        String address = address(email);
        if (!store.add(address, caller.user().name(), "manual", clock.instant())) {
            throw new Refused(new Problem.Taken("Email is already on the whitelist: " + address));
        }
        audit.record(caller.actor(), "login_email.add", address, "");
        return address;
    }

    /** For whom an agent is shared with, while logging in by mail is on; what is no address is passed over. */
    public void addShared(String email) {
        String address = normal(email);
        if (settings.isOn(Switch.EMAIL_AUTH_ENABLED) && ADDRESS.matcher(address).matches()) {
            store.add(address, SHARED, SHARED, clock.instant());
        }
    }

    /** As it is kept; refused when it is no address. */
    static String address(String email) {
        String address = normal(email);
        if (!ADDRESS.matcher(address).matches()) {
            throw new Refused(new Problem.Unacceptable("Not an email address: " + email));
        }
        return address;
    }

    /** For whom an administrator made an account. */
    void addAccount(Caller caller, String address) {
        store.add(address, caller.user().name(), "manual", clock.instant());
    }

    /** False when it was not on the list. */
    public boolean remove(Caller caller, String email) {
        caller.needAdmin();
        boolean removed = store.remove(normal(email));
        if (removed) {
            audit.record(caller.actor(), "login_email.remove", normal(email), "");
        }
        return removed;
    }

    boolean has(String address) {
        return store.has(address);
    }

    static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
