package dev.drover.core.health;

/** One thing to look at while the server runs. */
public record Check(String name, Look look) {
    /** How to look; what it throws is a finding too. */
    public interface Look {
        Finding find() throws Exception;
    }
}
