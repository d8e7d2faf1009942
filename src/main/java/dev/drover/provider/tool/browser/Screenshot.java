package dev.drover.provider.tool.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.core.model.Picture;

/** A picture of what the tab shows, small enough for a model. */
final class Screenshot {
    static final int WIDTH = 1_280;
    static final int HEIGHT = 720;

    private static final int LARGEST = 1 << 20;
    private static final double[] SCALES = {1, 0.7, 0.5, 0.35, 0.25};

    private Screenshot() {}

    static Picture of(Tab tab) throws BrowserFailure, InterruptedException {
        JsonNode seen = tab.ask("Page.getLayoutMetrics", DevTools.parameters()).path("cssVisualViewport");
        Picture picture = null;
        for (double scale : SCALES) {
            picture = taken(tab, seen, scale);
            if (picture.bytes() <= LARGEST) {
                return picture;
            }
        }
        throw new BrowserFailure("the picture is over 1 MB even at a quarter of its size"
                + (picture == null ? "" : " (" + picture.bytes() + " bytes)"));
    }

    private static Picture taken(Tab tab, JsonNode seen, double scale) throws BrowserFailure, InterruptedException {
        ObjectNode order = DevTools.parameters().put("format", "png");
        order.putObject("clip")
                .put("x", seen.path("pageX").asDouble())
                .put("y", seen.path("pageY").asDouble())
                .put("width", WIDTH)
                .put("height", HEIGHT)
                .put("scale", scale);
        return new Picture(
                "image/png",
                tab.ask("Page.captureScreenshot", order).path("data").asText());
    }
}
