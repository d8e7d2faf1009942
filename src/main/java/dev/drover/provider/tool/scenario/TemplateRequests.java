package dev.drover.provider.tool.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.core.Json;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.WebAnswer;
import dev.drover.core.egress.WebClient;
import dev.drover.core.egress.WebUrl;
import dev.drover.core.scenario.Action;
import dev.drover.core.scenario.Requests;
import dev.drover.core.tool.ToolContext;
import dev.drover.core.tool.ToolRefusal;
import dev.drover.provider.tool.ToolJson;
import dev.drover.provider.tool.WebReading;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Calls over HTTP out of templates, each of their hops through the egress guard. */
public final class TemplateRequests implements Requests {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int REDIRECTS = 5;
    private static final int LARGEST = 1 << 20;
    private static final int SHOWN_OF_ERROR = 500;
    /** Shorter ones occur by chance. */
    private static final int SHORTEST_HIDDEN = 8;

    /** Stands for any input: nothing that JSON would take for a part of an escape or a number begins so. */
    private static final TextNode MARK = new TextNode("q\u2400mark");

    private final WebClient web;

    public TemplateRequests(WebClient web) {
        this.web = web;
    }

    @Override
    public Optional<Misfit> misfit(Action.Request request) {
        String body = request.body();
        if (body == null) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        BodyTemplate template = BodyTemplate.of(body, headers);
        return template.isJson() ? misfit(template.filled(name -> MARK)) : Optional.empty();
    }

    private static Optional<Misfit> misfit(String json) {
        try {
            return hasMarkedName(MAPPER.readTree(json))
                    ? Optional.of(new Misfit("body", "must have places in its values only, not in names"))
                    : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.of(new Misfit(
                    "body",
                    "must be JSON when its places are filled, but is not: "
                            + malformed.getOriginalMessage().replace(MARK.asText(), "{{...}}")
                            + "; another Content-Type takes other text"));
        }
    }

    private static boolean hasMarkedName(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().contains(MARK.asText()) || hasMarkedName(member.getValue())) {
                return true;
            }
        }
        for (JsonNode item : node) {
            if (hasMarkedName(item)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Json send(Action.Request request, Map<String, String> credentials, Json input, ToolContext context)
            throws ToolRefusal {
        try {
            Outgoing first = Outgoing.filled(request, credentials, Inputs.of(ToolJson.read(input)));
            return told(follow(first, context), credentials);
        } catch (EgressDenied denied) {
            throw denied.isUnresolved() ? ToolRefusal.failed(denied.reason()) : ToolRefusal.rejected(denied.reason());
        } catch (IOException e) {
            throw ToolRefusal.failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private WebReading follow(Outgoing first, ToolContext context) throws EgressDenied, IOException, ToolRefusal {
        Outgoing next = first;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            WebReading reading = new WebReading(
                    web.send(next.request(LARGEST), context.egress().check(next.url())));
            Optional<WebUrl> location = reading.location(next.url());
            if (location.isEmpty()) {
                return reading;
            }
            next = next.redirected(reading.answer().status(), location.get());
        }
        throw ToolRefusal.failed("more than 5 redirects, the last one to " + next.url());
    }

    private static Json told(WebReading reading, Map<String, String> credentials) throws ToolRefusal {
        WebAnswer answer = reading.answer();
        Optional<String> text = reading.text().map(words -> hidden(words, credentials));
        if (answer.status() / 100 != 2) {
            String said = text.orElse("").strip();
            throw ToolRefusal.failed("the service answered " + answer.status()
                    + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(SHOWN_OF_ERROR, said.length()))));
        }
        if (text.isEmpty()) {
            String type = answer.headers()
                    .getOrDefault("content-type", "unknown type")
                    .toLowerCase(Locale.ROOT);
            throw ToolRefusal.failed("the service answered with something that is no text: " + type);
        }
        ObjectNode result = ToolJson.object().put("text", text.get());
        if (answer.truncated()) {
            result.put("truncated", true);
        }
        return ToolJson.write(result);
    }

    /** Some services say again what they heard, and what proves who calls is not for models. */
    private static String hidden(String text, Map<String, String> credentials) {
        String hidden = text;
        for (String header : credentials.values()) {
            String value = header.substring(header.indexOf(' ') + 1);
            if (value.length() >= SHORTEST_HIDDEN) {
                hidden = hidden.replace(value, "***");
            }
        }
        return hidden;
    }
}
