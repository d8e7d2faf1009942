package dev.drover.provider.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.drover.core.Refused;
import dev.drover.core.machine.Resources;
import dev.drover.core.machine.TemplateReader;
import dev.drover.core.runtime.Runtimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template's YAML says. */
public final class JacksonTemplates implements TemplateReader {
    private static final int LONGEST_AVATAR = 4_000;

    private final YAMLMapper mapper = new YAMLMapper();

    @Override
    public Words read(byte[] yaml) throws Unreadable {
        JsonNode fields;
        try {
            fields = mapper.readTree(yaml);
        } catch (IOException e) {
            throw new Unreadable("it is no YAML: " + e.getMessage());
        }
        if (!fields.isObject()) {
            throw new Unreadable("it holds no mapping");
        }
        return new Words(
                text(fields, "type"),
                runtime(fields.path("runtime")),
                fit(text(fields.path("resources"), "cpu"), Resources.CPU, "resources.cpu"),
                fit(text(fields.path("resources"), "memory"), Resources.MEMORY, "resources.memory"),
                names(fields, "tools"),
                names(fields, "mcp_servers"),
                fields.path("shared_folders").path("expose").asBoolean(false),
                fields.path("shared_folders").path("consume").asBoolean(false),
                avatar(text(fields, "avatar_prompt")));
    }

    /** A scalar as it is written. */
    private static @Nullable String text(JsonNode fields, String name) {
        JsonNode value = fields.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static @Nullable String fit(@Nullable String value, String pattern, String name) throws Unreadable {
        if (value != null && !value.matches(pattern)) {
            throw new Unreadable(name + " is '" + value + "', which does not match " + pattern);
        }
        return value;
    }

    /** By its name, or as a mapping with its type. */
    private static @Nullable String runtime(JsonNode value) throws Unreadable {
        String name = value.isObject() ? text(value, "type") : value.isTextual() ? value.textValue() : null;
        try {
            return name == null ? null : Runtimes.named(name);
        } catch (Refused e) {
            throw new Unreadable("runtime is '" + name + "', which nobody here knows");
        }
    }

    /** Each a name, or a mapping with one. */
    private static @Nullable List<String> names(JsonNode fields, String name) throws Unreadable {
        JsonNode list = fields.path(name);
        if (list.isMissingNode() || list.isNull()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode item : list) {
            String each = item.isObject() ? text(item, "name") : item.isTextual() ? item.textValue() : null;
            if (each == null) {
                throw new Unreadable(name + " must be a list of names, but has " + item);
            }
            names.add(each);
        }
        return names;
    }

    private static @Nullable String avatar(@Nullable String words) throws Unreadable {
        if (words != null && words.length() > LONGEST_AVATAR) {
            throw new Unreadable("avatar_prompt has more than " + LONGEST_AVATAR + " characters");
        }
        return words == null || words.isBlank() ? null : words.strip();
    }
}
