package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of the API page by page. */
final class Pages {
    private static final int LARGEST = 100;

    private Pages() {}

    /** The first so many of a list. */
    static List<JsonNode> read(DroverClient client, String path, int limit) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            int wanted = Math.clamp(limit - items.size(), 1, LARGEST);
            JsonNode page = client.get(path + "?limit=" + wanted + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("data").forEach(items::add);
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null") && items.size() < limit);
        return items;
    }
}
