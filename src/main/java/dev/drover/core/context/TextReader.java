package dev.drover.core.context;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the text of files that strangers made. */
public interface TextReader {
    /**
     * Hands over the text, a part at a time, in its order. Whatever the file is made to do, this ends within minutes
     * and takes little of the heap.
     *
     * @throws UnreadableFile when the bytes are no such file, or cannot be read
     */
    void read(FileType type, Path file, Consumer<String> text) throws UnreadableFile, InterruptedException;
}
