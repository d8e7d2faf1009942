package dev.drover.provider.tool.scenario;

import dev.drover.core.scenario.Places;
import dev.drover.core.tool.ToolRefusal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A URL with places: what fills them stays one part of the path or one word of the query. */
record UrlTemplate(String template) {
    String filled(Inputs inputs) throws ToolRefusal {
        int query = template.indexOf('?');
        String path = query < 0 ? template : template.substring(0, query);
        String rest = query < 0 ? "" : template.substring(query);
        String[] parts = path.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(parts[i], inputs);
        }
        return String.join("/", parts) + Places.in(rest).filled(name -> encoded(inputs.text(name)));
    }

    /**
     * Servers that decode before they split would climb with an encoded slash as well, and a part that is empty names
     * what lies above it.
     */
    private static String part(String part, Inputs inputs) throws ToolRefusal {
        Places places = Places.in(part);
        if (places.isEmpty()) {
            return part;
        }
        String names = String.join(", ", places.names());
        String filled = places.filled(name -> encoded(inputs.text(name)));
        if (filled.isEmpty()) {
            throw ToolRefusal.rejected("the input " + names + " stands in the path of the URL and must not be empty");
        }
        boolean climbs = Arrays.stream(decoded(filled).split("[/\\\\]", -1))
                .anyMatch(each -> each.equals("..") || each.equals("."));
        if (climbs) {
            throw ToolRefusal.rejected(
                    "the input " + names + " stands in the path of the URL and must not hold a step '.' or '..'");
        }
        return filled;
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The author's own words hold a broken encoding; nothing of the inputs does.
            return part;
        }
    }

    /** Everything but letters, digits and {@code -_.} is encoded, the space as in a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
