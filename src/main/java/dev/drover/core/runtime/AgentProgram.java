package dev.drover.core.runtime;

/** SPI: a program that is an agent by itself: how it is started in a computer, and how its words are understood. */
public interface AgentProgram {
    /** What a program is given in the place of a key that stays with the server. */
    String PLACEHOLDER = "drover-lends-its-own";

    /** As agents name it, such as {@code claude-code}. */
    String name();

    /** The command that is looked for in the computer. */
    String command();

    /** How somebody gets it into the computer: a command line. */
    String installation();

    /** How one piece of work is started. */
    Launch launch(Order order);

    /** Reads what one start of it prints. */
    Reading reading();
}
