package dev.drover.core.machine;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folders of this host that agents can begin as (Trinity contract, section 5.2). */
public final class LocalTemplates {
    private static final String PREFIX = "local:";

    private final Path folder;
    private final TemplateReader reader;
    private final MachineChoices.ConfigReader config;

    /** @param folder with a folder for each of them; it need not be there */
    public LocalTemplates(Path folder, TemplateReader reader, MachineChoices.ConfigReader config) {
        this.folder = folder.toAbsolutePath().normalize();
        this.reader = reader;
        this.config = config;
    }

    /**
     * What an agent is to be, its template considered.
     *
     * @param template null when it begins with nothing
     * @param complaint why the template's words do not count; null when they do
     */
    record Chosen(
            NewMachine order,
            TemplateReader.Words words,
            @Nullable LocalTemplate template,
            @Nullable String complaint) {}

    /** What the request says itself counts more than what the template says. A folder that is not there is none. */
    Chosen chosen(NewMachine order) {
        LocalTemplate template = template(order.source().template());
        if (template == null) {
            return new Chosen(order, TemplateReader.Words.NONE, null, null);
        }
        try {
            byte[] yaml = template.words();
            TemplateReader.Words words = yaml == null ? TemplateReader.Words.NONE : reader.read(yaml);
            return new Chosen(order.with(words, config), words, template, null);
        } catch (TemplateReader.Unreadable | IOException e) {
            String complaint = "the template's " + TemplateReader.FILE + " is left aside: " + e.getMessage();
            return new Chosen(order, TemplateReader.Words.NONE, template, complaint);
        }
    }

    private @Nullable LocalTemplate template(@Nullable String wished) {
        if (wished == null || !wished.startsWith(PREFIX)) {
            return null;
        }
        Path found = folder.resolve(wished.substring(PREFIX.length())).normalize();
        if (!Objects.equals(found.getParent(), folder) || !Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            List<LocalTemplate.Part> parts = LocalTemplate.parts(found);
            return new LocalTemplate(found, parts);
        } catch (LocalTemplate.TooLarge e) {
            throw new Refused(new Problem.Unacceptable("template '" + wished + "' " + e.getMessage()));
        } catch (IOException e) {
            throw new Refused(
                    new Problem.Failed("Failed to create agent: template '" + wished + "' cannot be read: " + e));
        }
    }
}
