package dev.drover.provider.tool.scenario;

import dev.drover.core.Json;
import dev.drover.core.scenario.Places;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A body with places, which are filled by the rules of its media type. */
record BodyTemplate(String template, String type) {
    private static final Pattern JSON = Pattern.compile("application/([^;]*\\+)?json\\s*(;.*)?");
    private static final Pattern XML = Pattern.compile("(application|text)/([^;]*\\+)?xml\\s*(;.*)?");
    private static final Pattern FORM = Pattern.compile("application/x-www-form-urlencoded\\s*(;.*)?");

    /** Of the type that the headers give; without one, what begins as JSON is JSON. */
    static BodyTemplate of(String template, Map<String, String> headers) {
        String declared = headers.get("Content-Type");
        if (declared != null) {
            return new BodyTemplate(template, declared);
        }
        String start = template.strip();
        boolean prose = start.matches("(?s)\\{\\{[^{}]*}}.+");
        boolean json = !prose && (start.startsWith("[") || start.startsWith("{"));
        return new BodyTemplate(template, json ? "application/json" : "text/plain; charset=utf-8");
    }

    boolean isJson() {
        return is(JSON);
    }

    String filled(Inputs inputs) {
        if (isJson()) {
            return json(inputs);
        }
        if (is(FORM)) {
            return Places.in(template).filled(name -> UrlTemplate.encoded(inputs.text(name)));
        }
        if (is(XML)) {
            return Places.in(template).filled(name -> xml(inputs.text(name)));
        }
        return Places.in(template).filled(inputs::text);
    }

    private boolean is(Pattern kind) {
        return kind.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }

    /** Inside a string the words of one; where a value stands, the input itself. */
    private String json(Inputs inputs) {
        StringBuilder filled = new StringBuilder();
        boolean inString = false;
        int done = 0;
        for (MatchResult place : Places.in(template).all()) {
            String between = template.substring(done, place.start());
            inString = endsInString(between, inString);
            String name = place.group(1);
            filled.append(between).append(inString ? quoted(inputs.text(name)) : inputs.json(name));
            done = place.end();
        }
        return filled.append(template.substring(done)).toString();
    }

    private static boolean endsInString(String piece, boolean begins) {
        boolean in = begins;
        for (int i = 0; i < piece.length(); i++) {
            char character = piece.charAt(i);
            if (character == '"') {
                in = !in;
            } else if (in && character == '\\') {
                i++;
            }
        }
        return in;
    }

    private static String quoted(String text) {
        String quoted = Json.quote(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
