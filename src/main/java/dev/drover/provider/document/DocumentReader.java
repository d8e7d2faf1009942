package dev.drover.provider.document;

import dev.drover.core.context.FileType;
import dev.drover.core.context.TextReader;
import dev.drover.core.context.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the six types of files, and goes by what the bytes are, not only by what they are called. */
public final class DocumentReader implements TextReader {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final PlainText plain;
    private final ReadingProcess process;

    /** @param mostCharacters of text that a file may have */
    public DocumentReader(long mostCharacters) {
        this(mostCharacters, LONGEST);
    }

    DocumentReader(long mostCharacters, Duration longest) {
        this.plain = new PlainText();
        this.process = new ReadingProcess(mostCharacters, longest);
    }

    @Override
    public void read(FileType type, Path file, Consumer<String> text) throws UnreadableFile, InterruptedException {
        try {
            Signature signature = Signature.of(file);
            switch (type) {
                case PDF -> refuseUnless(signature == Signature.PDF, "is no PDF, whatever it is called");
                case DOCX -> {
                    refuseUnless(
                            signature != Signature.OLE,
                            "is an old Word file or protected by a password: save it" + " as DOCX without one");
                    refuseUnless(signature == Signature.ZIP, "is no DOCX, whatever it is called");
                }
                case TXT, CSV, MD, JSON ->
                    refuseUnless(
                            signature == Signature.NONE,
                            "is no " + type.name() + " but a " + signature.word() + ", whatever it is called");
            }
            switch (type) {
                case PDF, DOCX -> process.read(type, file, text);
                case JSON -> plain.readJson(file, text);
                case TXT, CSV, MD -> plain.read(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseUnless(boolean fits, String reason) throws UnreadableFile {
        if (!fits) {
            throw new UnreadableFile(reason);
        }
    }
}
