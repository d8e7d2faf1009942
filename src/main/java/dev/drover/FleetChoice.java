package dev.drover;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What agents can be made from and taught.
 *
 * @param skills the library, a folder for each skill
 * @param templates repositories at GitHub, each as {@code owner/name}
 */
record FleetChoice(Path skills, List<String> templates) {
    /** What clients of Trinity know to be offered (its contract, section 6). */
    private static final List<String> USUAL = List.of(
            "abilityai/agent-ruby",
            "abilityai/agent-cornelius",
            "abilityai/agent-corbin",
            "abilityai/ruby-orchestrator",
            "abilityai/ruby-content",
            "abilityai/ruby-engagement");

    static FleetChoice read(Given given, Path data) {
        List<String> templates = given.list("DROVER_TEMPLATES");
        for (String template : templates) {
            if (!template.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")) {
                throw given.wrong("DROVER_TEMPLATES", template, "a list of repositories such as acme/agent-clerk");
            }
        }
        Path skills = given.text("DROVER_SKILLS").map(Path::of).orElse(data.resolve("skills"));
        return new FleetChoice(skills, templates.isEmpty() ? USUAL : List.copyOf(templates));
    }

    void show(Map<String, String> shown) {
        shown.put("DROVER_SKILLS", skills.toString());
        shown.put("DROVER_TEMPLATES", String.join(",", templates));
    }
}
