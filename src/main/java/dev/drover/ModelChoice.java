package dev.drover;

import dev.drover.Settings.Endpoint;
import dev.drover.core.StartFailure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which model answers the default profile.
 *
 * @param name as the vendor spells it; empty for {@code offline}
 */
public record ModelChoice(Vendor vendor, String name) {
    private static final String VARIABLE = "DROVER_MODEL";
    private static final String FORMS =
            "anthropic/NAME, openai/NAME, gemini/NAME, ollama/NAME or offline, such as anthropic/claude-sonnet-4-6";

    static ModelChoice read(Given given, Map<Vendor, Endpoint> endpoints) {
        Optional<String> text = given.text(VARIABLE);
        if (text.isEmpty()) {
            return usual(endpoints);
        }
        ModelChoice choice = parse(text.get()).orElseThrow(() -> given.wrong(VARIABLE, text.get(), FORMS));
        choice.refuseWithoutKey(endpoints.getOrDefault(choice.vendor, Endpoint.NONE));
        return choice;
    }

    private static Optional<ModelChoice> parse(String text) {
        String[] parts = text.split("/", 2);
        Optional<Vendor> vendor = Arrays.stream(Vendor.values())
                .filter(each -> each.word().equals(parts[0].toLowerCase(Locale.ROOT)))
                .findFirst();
        if (vendor.equals(Optional.of(Vendor.OFFLINE))) {
            return parts.length == 1 ? Optional.of(new ModelChoice(Vendor.OFFLINE, "")) : Optional.empty();
        }
        return vendor.filter(each -> parts.length == 2 && !parts[1].isBlank())
                .map(each -> new ModelChoice(each, parts[1].strip()));
    }

    /** The first vendor whose key is set, else none at all. */
    private static ModelChoice usual(Map<Vendor, Endpoint> endpoints) {
        return Arrays.stream(Vendor.values())
                .filter(vendor -> endpoints.getOrDefault(vendor, Endpoint.NONE).key() != null)
                .flatMap(vendor -> Stream.ofNullable(vendor.usualModel()).map(name -> new ModelChoice(vendor, name)))
                .findFirst()
                .orElse(new ModelChoice(Vendor.OFFLINE, ""));
    }

    /** A server of one's own behind a base URL may do without a key. */
    private void refuseWithoutKey(Endpoint endpoint) {
        String variable = vendor.keyName();
        if (variable == null || endpoint.isGiven()) {
            return;
        }
        String ways = vendor.baseUrlName() == null ? variable : variable + " or " + vendor.baseUrlName();
        throw new StartFailure("%s is '%s', but there is no way to reach it: set %s, or choose another model"
                .formatted(VARIABLE, this, ways));
    }

    @Override
    public String toString() {
        return name.isEmpty() ? vendor.word() : vendor.word() + "/" + name;
    }
}
