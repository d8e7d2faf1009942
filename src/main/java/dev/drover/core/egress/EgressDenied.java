package dev.drover.core.egress;

/** The guard said no; the message says to what and why, in words fit for the model that asked. */
public final class EgressDenied extends Exception {
    private static final long serialVersionUID = 1L;

    public EgressDenied(String message) {
        super(message);
    }
}
