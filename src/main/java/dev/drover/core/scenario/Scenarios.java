package dev.drover.core.scenario;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.access.Caller;
import dev.drover.core.id.ScenarioId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The scenarios of users. */
public final class Scenarios {
    private final ScenarioRoom room;
    private final RecipeCheck check;

    public Scenarios(ScenarioRoom room) {
        this.room = room;
        this.check = new RecipeCheck(room);
    }

    public Scenario create(Caller caller, Recipe recipe) {
        UserId owner = caller.user().id();
        check.check(owner, recipe);
        check.checkAction(owner, recipe);
        Instant now = room.now();
        return room.transactions().call(() -> {
            ScenarioId id = room.store().insert(owner, recipe, now);
            room.audit().record(caller.actor(), "scenario.create", id.toString(), recipe.name());
            return new Scenario(id, owner, recipe, now, now);
        });
    }

    public Scenario scenario(Caller caller, ScenarioId id) {
        return room.store().find(caller.user().id(), id).orElseThrow(() -> missing(id));
    }

    /** All that there are, oldest first. */
    public List<Scenario> list(Caller caller) {
        return room.store().list(caller.user().id());
    }

    /**
     * Puts a recipe in the place of a scenario's own. An action that stays is not judged again, so that a scenario
     * whose server is away can be renamed and switched off.
     */
    public Scenario change(Caller caller, Scenario before, Recipe recipe) {
        UserId owner = caller.user().id();
        check.check(owner, recipe);
        boolean same = recipe.action().equals(before.recipe().action())
                && Objects.equals(recipe.input(), before.recipe().input());
        if (!same) {
            check.checkAction(owner, recipe);
        }
        Instant now = room.now();
        room.transactions().run(() -> {
            if (!room.store().change(owner, before.id(), recipe, now)) {
                throw missing(before.id());
            }
            room.audit().record(caller.actor(), "scenario.change", before.id().toString(), recipe.name());
        });
        return new Scenario(before.id(), owner, recipe, before.createdAt(), now);
    }

    public void delete(Caller caller, ScenarioId id) {
        room.transactions().run(() -> {
            if (!room.store().delete(caller.user().id(), id)) {
                throw missing(id);
            }
            room.audit().record(caller.actor(), "scenario.delete", id.toString(), "");
        });
    }

    private static Refused missing(ScenarioId id) {
        return new Refused(new Problem.NotFound(Problem.Thing.SCENARIO, id.toString()));
    }
}
