package dev.drover.core.agent;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.Transactions;
import dev.drover.core.audit.Audit;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Shares agents with people, by their addresses: they may use them, and no more (Trinity contract, section 3.6). */
public final class Shares {
    /** No address is longer, and an index has to hold it. */
    private static final int LONGEST = 320;

    private final ShareStore store;
    private final Invitations invitations;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    public Shares(ShareStore store, Invitations invitations, Transactions transactions, Audit audit, Clock clock) {
        this.store = store;
        this.invitations = invitations;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** Newest first. */
    public List<Share> list(Reached agent) {
        return store.list(agent.id());
    }

    /**
     * Lets somebody use the agent.
     *
     * @param address as it was written; nobody needs to have it yet
     */
    public Share share(Reached agent, String address) {
        String email = plain(address);
        if (email.equals(agent.caller().user().email())) {
            throw new Refused(new Problem.Unacceptable("Cannot share an agent with yourself"));
        }
        return transactions.call(() -> {
            Share share = store.insert(
                            agent.id(),
                            email,
                            agent.caller().user().id(),
                            clock.instant().truncatedTo(ChronoUnit.MILLIS))
                    .orElseThrow(() -> new Refused(new Problem.Taken("Agent is already shared with " + address)));
            invitations.invite(email);
            audit.record(agent.caller().actor(), "agent.share", agent.id().toString(), email);
            return share;
        });
    }

    /** False when the agent was not shared with it. */
    public boolean end(Reached agent, String address) {
        String email = lower(address);
        return transactions.call(() -> {
            boolean ended = store.delete(agent.id(), email);
            if (ended) {
                audit.record(agent.caller().actor(), "agent.unshare", agent.id().toString(), email);
            }
            return ended;
        });
    }

    private static String plain(String address) {
        String email = lower(address);
        if (email.isBlank() || email.length() > LONGEST) {
            throw new Refused(new Problem.Unacceptable("email must have 1 to " + LONGEST + " characters, but has "
                    + email.strip().length()));
        }
        return email;
    }

    /** As an address is stored. */
    public static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
