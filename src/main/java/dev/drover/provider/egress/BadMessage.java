package dev.drover.provider.egress;

/** A message that is no proper HTTP/1.1, or could be read in two ways. */
final class BadMessage extends Exception {
    private static final long serialVersionUID = 1L;

    BadMessage(String message) {
        super(message);
    }
}
