package dev.drover.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A run of the round, by what its clients know of it and what is stored. */
record Played(Errand errand, String agent, ChaosFollower follower) {
    /** Its log as the server tells it in one go when all is over. */
    record Stored(List<String> frames) {
        List<JsonNode> events() {
            return frames.stream()
                    .map(ChaosFollower::data)
                    .map(ChaosClients::read)
                    .toList();
        }
    }
}
