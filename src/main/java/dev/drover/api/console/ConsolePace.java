package dev.drover.api.console;

/**
 * How far a terminal may be ahead of whoever reads it. Sockets cut off those who read too slowly, so it is the program
 * in the computer that has to wait.
 */
final class ConsolePace {
    /** More pieces than these never wait for their turn to be written. */
    private static final int PIECES = 16;

    private final long characters;
    private long ahead;
    private int waiting;
    private boolean over;

    /** @param characters that may be on their way to a reader who tells what it has taken */
    ConsolePace(long characters) {
        this.characters = characters;
    }

    /** Waits until so many more may be sent; what is longer than all that may be on its way goes alone. */
    synchronized void begin(int length) throws InterruptedException {
        while (!over && (waiting >= PIECES || (ahead > 0 && ahead + length > characters))) {
            wait();
        }
        waiting++;
        ahead += length;
    }

    /** A piece is being written. */
    synchronized void written() {
        waiting--;
        notifyAll();
    }

    /** The reader has taken so many. */
    synchronized void taken(long length) {
        ahead = Math.max(0, ahead - Math.max(0, length));
        notifyAll();
    }

    /** Nobody waits any longer. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}
