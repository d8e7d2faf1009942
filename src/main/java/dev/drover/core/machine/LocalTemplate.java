package dev.drover.core.machine;

import dev.drover.core.computer.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one folder that an agent begins with; links, pipes and devices are none of them. */
record LocalTemplate(Path folder, List<Part> parts) {
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 100L << 20;
    private static final int LARGEST_WORDS = 1 << 20;

    LocalTemplate {
        parts = List.copyOf(parts);
    }

    /** One file. */
    record Part(Path file, long size) {}

    /** @throws TooLarge when it has more files or bytes than an agent may begin with */
    static List<Part> parts(Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            private long bytes;

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws TooLarge {
                if (attributes.isRegularFile()) {
                    parts.add(new Part(file, attributes.size()));
                    bytes += attributes.size();
                }
                if (parts.size() > MOST_FILES || bytes > MOST_BYTES) {
                    throw new TooLarge("is larger than %,d files and %d MB, which is the most an agent can begin with"
                            .formatted(MOST_FILES, MOST_BYTES >> 20));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return parts;
    }

    /** What it says of itself; null when it says nothing. */
    byte @Nullable [] words() throws IOException {
        Path file = folder.resolve(TemplateReader.FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] words = input.readNBytes(LARGEST_WORDS + 1);
            if (words.length > LARGEST_WORDS) {
                throw new IOException("it is larger than " + LARGEST_WORDS + " bytes");
            }
            return words;
        }
    }

    /** Puts all of it into a home; how many files that were. */
    int copy(Workspace home) throws IOException {
        for (Part part : parts) {
            String path = folder.relativize(part.file()).toString();
            try (InputStream input = Files.newInputStream(part.file(), LinkOption.NOFOLLOW_LINKS)) {
                if (Files.isExecutable(part.file())) {
                    home.writeProgram(path, input, part.size());
                } else {
                    home.write(path, input, part.size());
                }
            } catch (Workspace.PathRefused e) {
                throw new IOException("'" + path + "': " + e.getMessage(), e);
            }
        }
        return parts.size();
    }

    /** The message goes on behind the template's name. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }
}
