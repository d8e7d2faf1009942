package dev.drover.provider.document;

import dev.drover.core.context.FileType;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** The program that {@link ReadingProcess} runs: from a document to a file of text, once. */
public final class Reading {
    private Reading() {}

    public static void main(String[] arguments) {
        FileType type = FileType.valueOf(arguments[0]);
        Path file = Path.of(arguments[1]);
        Path written = Path.of(arguments[2]);
        endAfter(Duration.ofMillis(Long.parseLong(arguments[4])));
        Ending ending = read(type, file, written, Long.parseLong(arguments[3]));
        Runtime.getRuntime().halt(ending.code());
    }

    /** Also when whoever started this has been killed. */
    private static void endAfter(Duration longest) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(longest);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(Ending.TOO_SLOW.code());
        });
    }

    private static Ending read(FileType type, Path file, Path written, long most) {
        try (BufferedWriter out = Files.newBufferedWriter(written, StandardCharsets.UTF_8);
                BoundedWriter bounded = new BoundedWriter(out, most)) {
            if (type == FileType.PDF) {
                PdfText.write(file, bounded);
            } else {
                WordText.write(file, bounded);
            }
            return Ending.DONE;
        } catch (BoundedWriter.Full e) {
            return Ending.TOO_LONG;
        } catch (InvalidPasswordException e) {
            return Ending.PROTECTED;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Whatever a library stumbles over in a stranger's file, the file is at fault.
            return Ending.DAMAGED;
        }
    }
}
