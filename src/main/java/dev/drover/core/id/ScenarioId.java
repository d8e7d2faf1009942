package dev.drover.core.id;

/** The number of a scenario, unique on the whole server. */
public record ScenarioId(int value) {
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
