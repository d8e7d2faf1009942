package dev.drover.core.egress;

/** The guard said no; the message says to what and why, in words fit for the model that asked. */
public final class EgressDenied extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unresolved;

    public EgressDenied(String message) {
        this(message, false);
    }

    private EgressDenied(String message, boolean unresolved) {
        super(message);
        this.unresolved = unresolved;
    }

    static EgressDenied noAddress(HostName host) {
        return new EgressDenied("host '" + host.text() + "' has no address; check its spelling", true);
    }

    /** Whether nothing was forbidden: the name merely has no address. */
    public boolean isUnresolved() {
        return unresolved;
    }

    public String reason() {
        String message = getMessage();
        return message == null ? "no reason given" : message;
    }
}
