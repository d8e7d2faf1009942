package dev.drover.provider.tool.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a call brings, by the names of the inputs. */
@FunctionalInterface
interface Inputs {
    /** Missing when the call leaves it out. */
    JsonNode value(String name);

    static Inputs of(ObjectNode arguments) {
        return name -> arguments.has(name) ? arguments.path(name) : MissingNode.getInstance();
    }

    /** As text: plain for a word or number, JSON for what has parts, empty for nothing. */
    default String text(String name) {
        JsonNode value = value(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** As JSON. */
    default String json(String name) {
        JsonNode value = value(name);
        return value.isMissingNode() ? "null" : value.toString();
    }
}
