package dev.drover.core.scenario;

import dev.drover.core.id.ScenarioId;
import dev.drover.core.id.UserId;
import java.time.Instant;

/** A tool that a user made. */
public record Scenario(ScenarioId id, UserId owner, Recipe recipe, Instant createdAt, Instant updatedAt) {}
