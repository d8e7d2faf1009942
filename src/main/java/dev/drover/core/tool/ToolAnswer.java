package dev.drover.core.tool;

import dev.drover.core.Json;
import dev.drover.core.model.Picture;
import java.util.List;

/** A tool's output, a JSON object, and the pictures that go with it, which only a model that can see is given. */
public record ToolAnswer(Json output, List<Picture> pictures) {
    public ToolAnswer {
        pictures = List.copyOf(pictures);
    }
}
