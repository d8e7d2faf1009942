package dev.drover.provider.document;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Takes so many characters and no more. */
final class BoundedWriter extends FilterWriter {
    private long left;

    BoundedWriter(Writer out, long most) {
        super(out);
        this.left = most;
    }

    @Override
    public void write(int character) throws IOException {
        take(1);
        out.write(character);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        take(length);
        out.write(characters, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        take(length);
        out.write(text, offset, length);
    }

    private void take(int length) throws Full {
        left -= length;
        if (left < 0) {
            throw new Full();
        }
    }

    /** There is more than it takes. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
