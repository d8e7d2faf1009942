package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Fields;
import dev.drover.api.http.Upload;
import dev.drover.core.Refused;
import dev.drover.core.context.AddContext;
import dev.drover.core.context.FileType;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.Spelling;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file is added by, as JSON or as the parts of a form, where {@code file} stands for {@code content}.
 *
 * @param autosave the word {@code "true"} or {@code "false"}; true when left out
 */
@CamelCase
record MakeContextWish(
        String agentId,
        @Nullable String content,
        @Nullable String name,
        @Nullable String autosave) {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_FILE_NAME = 255;
    private static final String UNNAMED = "content.txt";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}\\s\\-_.()]+");

    static MakeContextWish of(Fields fields) {
        return new MakeContextWish(
                required(fields.text("agentId")), fields.text("content"), fields.text("name"), fields.text("autosave"));
    }

    static MakeContextWish of(Upload form) {
        return new MakeContextWish(
                required(form.field("agentId")), form.field("content"), form.field("name"), form.field("autosave"));
    }

    private static String required(@Nullable String agent) {
        if (agent == null) {
            throw Refused.invalid("agentId", "Required");
        }
        return agent;
    }

    AgentId agent() {
        return agent(agentId);
    }

    static AgentId agent(String text) {
        Refused.when(!Spelling.isUuid(text), "agentId", "must be a UUID, but is '" + text + "'");
        return new AgentId(UUID.fromString(text));
    }

    /** The wish to add a file that came as one. */
    AddContext file(Upload.Sent file) {
        String given = fileName(file.name());
        FileType type = FileType.ofName(given).orElseThrow(() -> unknown("file", given));
        return new AddContext(agent(), name(given), type, isTemporary(), "file", file.bytes());
    }

    /** The wish to add a text that came in the body; it is plain text unless its name says more. */
    AddContext text(Path text) {
        String called = name(UNNAMED);
        FileType type = FileType.ofName(called).orElse(FileType.TXT);
        return new AddContext(agent(), called, type, isTemporary(), "content", text);
    }

    private String name(String otherwise) {
        if (name == null) {
            return otherwise;
        }
        Refused.when(
                name.isBlank()
                        || name.length() > LONGEST_NAME
                        || !NAME.matcher(name).matches(),
                "name",
                "must have 1 to " + LONGEST_NAME + " letters, digits, spaces and - _ . ( ) only");
        return oneLine(name);
    }

    private boolean isTemporary() {
        Refused.when(
                !Optional.ofNullable(autosave).orElse("true").matches("true|false"),
                "autosave",
                "must be the string \"true\" or \"false\", but is '" + autosave + "'");
        return "false".equals(autosave);
    }

    /** Some browsers send the folder along. */
    private static String fileName(String sent) {
        String name = oneLine(sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1));
        Refused.when(
                name.isEmpty() || name.length() > LONGEST_FILE_NAME,
                "file",
                "must have a name of 1 to " + LONGEST_FILE_NAME + " characters");
        return name;
    }

    private static String oneLine(String name) {
        return name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static Refused unknown(String field, String name) {
        return Refused.invalid(
                field, "must be of a type that can be read, " + FileType.listed() + ", but is called '" + name + "'");
    }
}
